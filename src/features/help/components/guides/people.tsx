import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const people: Guide = {
  slug: 'people',
  title: 'People and their pages',
  summary: 'Find somebody, read their page, edit their profile, change their address.',
  readers: ['users.read'],
  pages: ['/users'],
  parts: [
    {
      id: 'find',
      title: 'Find somebody',
      body: (
        <>
          <p>
            <TextLink href="/users">Users</TextLink> lists everybody you may see: the whole platform, or the people of
            your organization. Search by any part of a name or address; capitals and accents make no difference. One or
            two letters search the beginnings of names.
          </p>
          <p>
            Filters narrow it further: status, role, group, organization, team, how long somebody did nothing, never
            signed in, created between two days. A role is found through groups too. The address of the page holds the
            whole search, so you can keep or send it as a link; whoever opens it sees what they may see.
          </p>
          <p>Press a heading to sort. Choose under Columns what is shown; that is remembered for you.</p>
        </>
      ),
    },
    {
      id: 'status',
      title: 'What the status means',
      body: (
        <table>
          <thead>
            <tr>
              <th scope="col">Status</th>
              <th scope="col">Means</th>
              <th scope="col">What you can do</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <td>Invited</td>
              <td>An invitation was sent, or the account waits for one. Nobody can sign in yet</td>
              <td>Send the invitation again, or cancel it</td>
            </tr>
            <tr>
              <td>Active</td>
              <td>Can sign in</td>
              <td>Edit, change access, deactivate</td>
            </tr>
            <tr>
              <td>Inactive</td>
              <td>Deactivated: the account is kept, nobody can sign in</td>
              <td>Reactivate</td>
            </tr>
            <tr>
              <td>Archived</td>
              <td>
                Out of use, nobody can sign in. Who was never active gets here when their only invitation is cancelled
              </td>
              <td>Invite again who was never active</td>
            </tr>
          </tbody>
        </table>
      ),
    },
    {
      id: 'page',
      title: 'Somebody’s page',
      body: (
        <p>
          A name leads to the person’s page. Profile tells who they are and when they came; Access lists their roles,
          each with where it comes from, their groups, organizations and teams. History tells what was changed, before
          and after, by whom and why.
        </p>
      ),
    },
    {
      id: 'edit',
      title: 'Edit a profile',
      body: (
        <>
          <ol>
            <li>Open the person’s page and choose Edit, or press e on their row in the list.</li>
            <li>Change name, phone or extension and save.</li>
          </ol>
          <p>
            If somebody else changed the same person meanwhile, nothing is overwritten: you see what they changed and
            decide field by field.
          </p>
        </>
      ),
    },
    {
      id: 'address',
      title: 'Change an email address',
      body: (
        <>
          <p>
            Choose Change address on the person’s page. The new address gets a link that lives 24 hours; until somebody
            opens and confirms it there, the old one stays. With the change the person is signed out everywhere, links
            sent to the old address die, and both addresses are told.
          </p>
          <p>
            A System Admin can change it without the link. Use that only when you know that the address is right:
            whoever reads mail there could get in.
          </p>
        </>
      ),
    },
    {
      id: 'cannot-change',
      title: 'When you cannot change somebody',
      body: (
        <ul>
          <li>
            You cannot change people with the same power as yours or more: Org Admins leave each other alone, and only
            System Admins change System Admins.
          </li>
          <li>
            “Managed by the platform” means that the person also belongs elsewhere. In your organization you can change
            their roles or end their membership; the account itself is changed by a System Admin.
          </li>
          <li>
            Your own profile is under <TextLink href="/account">My account</TextLink>.
          </li>
        </ul>
      ),
    },
  ],
};
