import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const groups: Guide = {
  slug: 'groups',
  title: 'Groups',
  summary: 'One group, several roles: who is in it holds them all.',
  readers: ['groups.read'],
  pages: ['/groups', '/users/[id]/access/groups'],
  parts: [
    {
      id: 'what',
      title: 'What a group is for',
      body: (
        <p>
          Whoever is in a <TextLink href="/groups">group</TextLink> holds all of its roles. A group belongs to the
          platform or to one organization, and its roles count there. Groups keep people with the same work equal;
          teams, which stand on the organization’s page, grant nothing.
        </p>
      ),
    },
    {
      id: 'see',
      title: 'See who is in it',
      body: (
        <p>
          A group’s page lists its roles; “Who is in it” leads from there to the{' '}
          <TextLink href="/users">list of people</TextLink>, filtered by this group. A person’s page says which of their
          roles come through a group.
        </p>
      ),
    },
    {
      id: 'make',
      title: 'Make one and put people into it',
      body: (
        <ul>
          <li>
            Somebody who is here already: open Access on their page and change their groups. It works from their next
            click on. You can put people only into groups whose roles you hold yourself.
          </li>
          <li>
            <TextLink href="/users/new">Invite somebody</TextLink> and choose groups there. A new group can be made in
            the same form, with roles you hold yourself. The person joins it by accepting.
          </li>
          <li>
            <TextLink href="/help/importing">Import a file</TextLink> with a column of groups. Groups that do not exist
            yet can be made by it; they grant nothing until they get roles.
          </li>
        </ul>
      ),
    },
  ],
};
