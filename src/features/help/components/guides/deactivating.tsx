import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const deactivating: Guide = {
  slug: 'deactivating',
  title: 'Deactivating and reactivating',
  summary: 'Take somebody’s access at once, with or without an end date, and give it back.',
  readers: ['users.deactivate'],
  pages: ['/users/[id]/deactivation'],
  parts: [
    {
      id: 'when',
      title: 'When to deactivate',
      body: (
        <p>
          When somebody leaves, goes on leave, ends a project, or while you look into something. The account is kept
          with its roles and its password, so it can be given back as it was. Other systems call this suspending an
          account.
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
            <li>Write a reason, if you like: for colleagues and the audit log. The person does not see it.</li>
            <li>
              Enter a last day, if you know when they return. After it the account is reactivated by itself. Empty means
              until somebody reactivates it.
            </li>
            <li>Confirm.</li>
          </ol>
          <p>
            They are signed out everywhere: their next click is refused, and they cannot sign in. Invitations to their
            address stay open; cancel those you do not want.
          </p>
        </>
      ),
    },
    {
      id: 'reactivate',
      title: 'Reactivate somebody',
      body: (
        <p>
          Find them among the <TextLink href="/users?status=inactive">inactive</TextLink> and choose Reactivate. They
          can sign in at once, with the password they had; roles, groups and organizations are as they were. An account
          that was never activated is invited again afterwards.
        </p>
      ),
    },
    {
      id: 'refused',
      title: 'What is refused',
      body: (
        <ul>
          <li>Deactivating yourself.</li>
          <li>Deactivating people with the same power as yours or more; System Admins may deactivate each other.</li>
          <li>Deactivating the last System Admin who can sign in.</li>
          <li>
            For an Org Admin: people who also belong elsewhere. End their membership in your organization instead.
          </li>
        </ul>
      ),
    },
  ],
};
