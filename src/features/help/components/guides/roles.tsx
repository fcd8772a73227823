import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const roles: Guide = {
  slug: 'roles',
  title: 'Roles and permissions',
  summary: 'Which roles there are, what they permit, how they add up, and who may give them.',
  readers: ['roles.read'],
  pages: ['/roles', '/users/[id]/access'],
  parts: [
    {
      id: 'how',
      title: 'How rights come about',
      body: (
        <>
          <p>
            A permission is one thing somebody may do, such as inviting people. A role is a named set of permissions.
            People hold roles directly, through <TextLink href="/help/groups">groups</TextLink>, and through their
            membership of an organization. Several add up; nothing takes away from another.
          </p>
          <p>
            A role counts where it is held: on the whole platform, or in one organization. Every page and every button
            is decided on the server, with each click, so a change works from the person’s next click on.
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
                <th scope="col">Held</th>
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
                <td>Reads clients and resources, changes nothing</td>
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
            Each <TextLink href="/roles">role’s page</TextLink> lists its permissions; the{' '}
            <TextLink href="/roles/matrix">matrix</TextLink> shows all roles beside all permissions. It is made from the
            program itself, so it is always what is really decided.
          </p>
        </>
      ),
    },
    {
      id: 'give',
      title: 'Who may give what',
      body: (
        <ul>
          <li>You can give only what you hold yourself, only where you hold it.</li>
          <li>An Org Admin can invite another Org Admin. Afterwards only a System Admin can change that person.</li>
          <li>The last System Admin who can sign in cannot lose that role.</li>
          <li>
            What an invitation grants is checked again when it is accepted. If its sender may not grant it any more, it
            waits until somebody who may has confirmed it.
          </li>
        </ul>
      ),
    },
    {
      id: 'wrong',
      title: 'Somebody may do too much or too little',
      body: (
        <ol>
          <li>Open Access on the person’s page: each role stands there with where it comes from.</li>
          <li>Look at what the role permits. Is it the right one?</li>
          <li>
            Is it held in the right place? A role in one organization gives nothing in another, and nothing while the
            organization is not active.
          </li>
          <li>Change the roles of the membership, or the role on the platform.</li>
        </ol>
      ),
    },
    {
      id: 'promote',
      title: 'Somebody gets more to do',
      body: (
        <p>
          Leave what they have and add what is missing: roles add up. An editor who now also manages people keeps the
          one role and gets the other.
        </p>
      ),
    },
  ],
};
