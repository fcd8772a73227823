import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const suspending: Guide = {
  slug: 'suspending',
  title: 'Suspending and reactivating',
  summary: 'Take somebody’s access at once, with or without an end date, and give it back.',
  readers: ['users.suspend'],
  pages: ['/users/[id]/suspension'],
  parts: [
    {
      id: 'when',
      title: 'When to suspend',
      body: (
        <p>
          When somebody leaves, goes on leave, ends a project, or while you look into something. The account is kept
          with its roles and its password, so it can be given back as it was.
        </p>
      ),
    },
    {
      id: 'suspend',
      title: 'Suspend somebody',
      body: (
        <>
          <ol>
            <li>
              Find the person in <TextLink href="/users?status=active">Users</TextLink> and choose Suspend, on their
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
          <li>Suspending yourself.</li>
          <li>Suspending people with the same power as yours or more; System Admins may suspend each other.</li>
          <li>Suspending the last System Admin who can sign in.</li>
          <li>
            For an Org Admin: people who also belong elsewhere. End their membership in your organization instead.
          </li>
        </ul>
      ),
    },
  ],
};
