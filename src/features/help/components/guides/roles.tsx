import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const roles: Guide = {
  slug: 'roles',
  title: 'Roles and permissions',
  summary: 'Which roles there are, what they allow, how they add up, and who can give them.',
  readers: ['roles.read'],
  pages: ['/roles', '/users/[id]/access'],
  parts: [
    {
      id: 'how',
      title: 'How access works',
      body: (
        <>
          <p>
            A permission is one thing somebody may do, such as inviting people. A role is a named set of permissions.
            People get roles directly, through <TextLink href="/help/groups">groups</TextLink>, and through their
            membership of an organization. Several roles add up; no role takes away what another one allows.
          </p>
          <p>
            A role applies where it is given: on the whole platform, or in one organization. The server checks every
            page and every action, so a change applies from the person’s next click.
          </p>
        </>
      ),
    },
    {
      id: 'which',
      title: 'Which roles there are',
      body: (
        <>
          <table>
            <thead>
              <tr>
                <th scope="col">Role</th>
                <th scope="col">Given</th>
                <th scope="col">For</th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <td>System Admin</td>
                <td>On the platform</td>
                <td>Everything</td>
              </tr>
              <tr>
                <td>Auditor</td>
                <td>On the platform</td>
                <td>Reads everything in the console, changes nothing</td>
              </tr>
              <tr>
                <td>Org Admin</td>
                <td>In an organization</td>
                <td>Manages it and its people</td>
              </tr>
              <tr>
                <td>Caseworker</td>
                <td>In an organization</td>
                <td>Creates referrals, views clients, manages their own caseload</td>
              </tr>
              <tr>
                <td>Staff</td>
                <td>In an organization</td>
                <td>Views clients and resources, responds to referrals</td>
              </tr>
              <tr>
                <td>Viewer</td>
                <td>In an organization</td>
                <td>Views clients and resources, changes nothing</td>
              </tr>
              <tr>
                <td>Member</td>
                <td>Either</td>
                <td>Runs activities, uses the workspace</td>
              </tr>
              <tr>
                <td>Author</td>
                <td>Either</td>
                <td>A member who also designs activities</td>
              </tr>
              <tr>
                <td>Expert</td>
                <td>Either</td>
                <td>A member who also mentors and coaches</td>
              </tr>
              <tr>
                <td>Vendor</td>
                <td>Either</td>
                <td>An author who also sells in the marketplace</td>
              </tr>
            </tbody>
          </table>
          <p>
            The page of each <TextLink href="/roles">role</TextLink> lists its permissions. The{' '}
            <TextLink href="/roles/matrix">matrix</TextLink> shows all roles beside all permissions. It shows what the
            server checks, so it is always up to date.
          </p>
        </>
      ),
    },
    {
      id: 'give',
      title: 'Who can give what',
      body: (
        <ul>
          <li>You can only grant access you have there yourself.</li>
          <li>An Org Admin can invite another Org Admin. Afterwards only a System Admin can change that person.</li>
          <li>The last System Admin who can sign in cannot lose that role.</li>
          <li>
            The access in an invitation is checked again when somebody accepts it. If the sender may no longer grant it,
            the invitation waits until an admin who has that access confirms it.
          </li>
        </ul>
      ),
    },
    {
      id: 'wrong',
      title: 'Somebody can do too much or too little',
      body: (
        <ol>
          <li>Open Access on the person’s page. It lists each role and where it comes from.</li>
          <li>Open the role to see what it allows. Is it the right one?</li>
          <li>
            Check where the role applies. A role in one organization allows nothing in another, and nothing while the
            organization is not active.
          </li>
          <li>Change the roles of the membership, the groups, or the roles on the platform.</li>
        </ol>
      ),
    },
    {
      id: 'promote',
      title: 'Somebody gets more to do',
      body: (
        <p>
          Keep the roles they have and add the missing one. An author who now also manages people stays an Author and
          becomes an Org Admin too.
        </p>
      ),
    },
  ],
};
