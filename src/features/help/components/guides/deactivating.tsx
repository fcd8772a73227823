import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const deactivating: Guide = {
  slug: 'deactivating',
  title: 'Deactivating and reactivating',
  summary: 'End somebody’s access at once, with or without an end date, and give it back later.',
  readers: ['users.deactivate'],
  pages: ['/users/[id]/deactivation'],
  parts: [
    {
      id: 'when',
      title: 'When to deactivate',
      body: (
        <p>
          Deactivate somebody when they leave, go on leave or finish a project, or while you look into a problem. The
          account keeps its roles and its password, so you can give the same access back later. Other systems call this
          suspending an account.
        </p>
      ),
    },
    {
      id: 'deactivate',
      title: 'Deactivate somebody',
      body: (
        <>
          <ol>
            <li>
              Find the person in <TextLink href="/users?status=active">Users</TextLink> and choose Deactivate, on their
              page or in the menu of their row.
            </li>
            <li>Write a reason if you like. It is for colleagues and the audit log; the person does not see it.</li>
            <li>
              If you know when they return, enter the last day without access. The account is reactivated automatically
              after it. Leave it empty to reactivate the account yourself.
            </li>
            <li>Confirm.</li>
          </ol>
          <p>
            The person is signed out everywhere and cannot sign in. A page they are looking at leads to sign-in within 5
            seconds, or at their next click in a browser without scripts. Invitations to their address stay open. Cancel
            those you no longer want.
          </p>
        </>
      ),
    },
    {
      id: 'reactivate',
      title: 'Reactivate somebody',
      body: (
        <>
          <p>
            Find them among the <TextLink href="/users?status=inactive">inactive users</TextLink> and choose Reactivate.
            They can sign in at once with the password they had, and have the same roles, groups and organizations as
            before. If they never activated their account, send them an invitation afterwards.
          </p>
          <p>
            If a System Admin deactivated somebody, only a System Admin can reactivate them. An Org Admin then sees
            “Deactivated by the platform” instead of the reason. People who were deactivated before Rollcall recorded
            who decided count as deactivated by the platform.
          </p>
        </>
      ),
    },
    {
      id: 'refused',
      title: 'Whom you cannot deactivate',
      body: (
        <ul>
          <li>Yourself.</li>
          <li>People with the same power as you or more. System Admins can deactivate each other.</li>
          <li>The last System Admin who can sign in.</li>
          <li>
            As an Org Admin: people who also belong to another organization or have a role on the whole platform. End
            their membership in your organization instead.
          </li>
        </ul>
      ),
    },
  ],
};
