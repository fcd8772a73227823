import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const groups: Guide = {
  slug: 'groups',
  title: 'Groups',
  summary: 'A group has roles, and everybody in the group has all of them.',
  readers: ['groups.read'],
  pages: ['/groups', '/users/[id]/access/groups'],
  parts: [
    {
      id: 'what',
      title: 'What a group is for',
      body: (
        <p>
          Everybody in a <TextLink href="/groups">group</TextLink> has all of its roles, so people with the same work
          have the same access. A group belongs to the platform or to one organization, and its roles apply there. Teams
          are different: they are listed on the organization’s page and grant nothing.
        </p>
      ),
    },
    {
      id: 'see',
      title: 'See who is in it',
      body: (
        <p>
          Open the group. Its page lists its roles, and “Who is in it” opens the{' '}
          <TextLink href="/users">list of people</TextLink> filtered by this group. The Access tab of a person’s page
          shows which of their roles come from a group.
        </p>
      ),
    },
    {
      id: 'make',
      title: 'Make a group and add people',
      body: (
        <ul>
          <li>
            For somebody who is already here, open Access on their page and choose Change groups. The change applies
            from their next click. You can add people only to groups whose roles you have yourself.
          </li>
          <li>
            When you <TextLink href="/users/new">add a user</TextLink>, choose groups in the form. You can also make a
            new group there, with roles you have yourself. The person joins it when they accept.
          </li>
          <li>
            When you <TextLink href="/help/importing">import a file</TextLink>, include a column of groups. The import
            can make groups that do not exist yet. They grant nothing until they get roles.
          </li>
        </ul>
      ),
    },
  ],
};
