import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const organizations: Guide = {
  slug: 'organizations',
  title: 'Organizations and memberships',
  summary: 'What an organization is, where its people sign in, and how to change who belongs to it.',
  readers: ['organizations.read', 'memberships.update'],
  pages: ['/organizations', '/users/[id]/access/membership'],
  parts: [
    {
      id: 'what',
      title: 'What an organization is',
      body: (
        <>
          <p>
            Each <TextLink href="/organizations">organization</TextLink> has its own people, teams, groups and admins.
            Its admins see nothing of other organizations: no names, no numbers, no search results.
          </p>
          <p>
            A person belongs to one organization, unless this installation allows several. Roles in an organization
            apply only there, and allow nothing while it is not active.
          </p>
        </>
      ),
    },
    {
      id: 'address',
      title: 'Its sign-in address',
      body: (
        <p>
          The organization’s page shows the address: the address of Rollcall, then <code>/o/</code> and the
          organization’s slug, such as <code>/o/acme</code>. The sign-in page there shows the organization’s name. Give
          the address to its people. While the organization is not active, the address is closed and looks as if it
          never existed. Its people can still sign in on the general page.
        </p>
      ),
    },
    {
      id: 'add',
      title: 'Add a user',
      body: (
        <ul>
          <li>
            If the person has no account yet, choose <TextLink href="/users/new">Add user</TextLink> and the
            organization. They become a member when they accept.
          </li>
          <li>
            If they have an account, an admin of the platform can choose Add existing user on the organization’s page,
            or add them from Access on the person’s page. It takes effect at once, and an active person is told by
            email.
          </li>
          <li>
            An Org Admin chooses Add user in both cases. Somebody who has an account joins with it, if they belong to no
            other organization or this installation allows several.
          </li>
        </ul>
      ),
    },
    {
      id: 'roles',
      title: 'Change roles in it',
      body: (
        <p>
          Open Access on the person’s page and change the roles of their membership. The change applies from their next
          click. Roles from groups stay as they are. You can only grant access you have there yourself.
        </p>
      ),
    },
    {
      id: 'end',
      title: 'End a membership',
      body: (
        <p>
          Open Access on the person’s page. The person loses the roles, groups and teams of that organization from their
          next click, but keeps the account. You cannot undo it: to come back, they have to be added or invited again.
          Invitations they sent stay open. If one is accepted, an admin who has that access must confirm it first.
        </p>
      ),
    },
  ],
};
