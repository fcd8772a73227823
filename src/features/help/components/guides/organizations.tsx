import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const organizations: Guide = {
  slug: 'organizations',
  title: 'Organizations and memberships',
  summary: 'What an organization is, its sign-in address, who belongs to it with which roles.',
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
            Its admins see nothing of other organizations: no name, no number, no search result.
          </p>
          <p>
            A person belongs to one organization, unless this installation is set to allow several. Roles held in an
            organization count only there, and give nothing while it is not active.
          </p>
        </>
      ),
    },
    {
      id: 'address',
      title: 'Its sign-in address',
      body: (
        <p>
          It stands on the organization’s page: the address of Rollcall, then <code>/o/</code> and its slug, such as{' '}
          <code>/o/acme</code>. The page behind it carries the organization’s name. Give it to its people. While the
          organization is not active, the address is closed and looks like one that was never there; its people can
          still sign in on the general page.
        </p>
      ),
    },
    {
      id: 'add',
      title: 'Add somebody',
      body: (
        <ul>
          <li>
            Who has no account yet is <TextLink href="/users/new">invited</TextLink> to the organization, and becomes a
            member by accepting.
          </li>
          <li>
            Who has one is added by an admin of the platform, from the organization’s page or from Access on the
            person’s page. It works at once, and an active person is told by email. An Org Admin invites their address
            instead: they join with the account they have, if they belong to no other organization or this installation
            allows several.
          </li>
        </ul>
      ),
    },
    {
      id: 'roles',
      title: 'Change roles in it',
      body: (
        <p>
          Open Access on the person’s page and change the roles of their membership. It works from their next click on.
          What groups give is not touched. You can give only what you hold there yourself.
        </p>
      ),
    },
    {
      id: 'end',
      title: 'End a membership',
      body: (
        <p>
          On the same page. The person loses the roles, groups and teams of that organization from their next click on;
          the account stays. It cannot be undone: to come back they have to be added or invited again. Open invitations
          they sent wait until somebody who may grant them has confirmed them.
        </p>
      ),
    },
  ],
};
