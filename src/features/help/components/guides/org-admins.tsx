import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const orgAdmins: Guide = {
  slug: 'org-admins',
  title: 'For Org Admins',
  summary: 'What you can do in your organization, what needs a System Admin, and how to handle common cases.',
  readers: ['users.invite'],
  pages: [],
  parts: [
    {
      id: 'may',
      title: 'What you can do',
      body: (
        <>
          <p>
            As an Org Admin you look after one organization. You see its people and nothing of other organizations. You
            can:
          </p>
          <ul>
            <li>
              <TextLink href="/help/inviting">add users</TextLink> and{' '}
              <TextLink href="/help/importing">import users</TextLink>; your organization is already chosen
            </li>
            <li>give roles in it: Caseworker, Staff, Viewer, Member, Author, Expert, Vendor</li>
            <li>
              <TextLink href="/help/people">edit names and phone numbers, and change addresses</TextLink>, of people who
              belong only to your organization
            </li>
            <li>
              <TextLink href="/help/deactivating">deactivate, reactivate, archive and restore</TextLink> them, and end
              memberships
            </li>
            <li>invite another Org Admin</li>
            <li>read your organization’s audit log and email log, and export your people</li>
          </ul>
        </>
      ),
    },
    {
      id: 'not',
      title: 'What needs a System Admin',
      body: (
        <ul>
          <li>Changing a System Admin, or another Org Admin once they have accepted</li>
          <li>
            Changing the account of somebody who also belongs elsewhere. Their page says “Managed by the platform”
          </li>
          <li>Changing an address without a confirmation link</li>
          <li>Giving roles on the whole platform, or adding somebody to another organization</li>
        </ul>
      ),
    },
    {
      id: 'which-role',
      title: 'Which role for whom',
      body: (
        <table>
          <thead>
            <tr>
              <th scope="col">Role</th>
              <th scope="col">For</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <td>Org Admin</td>
              <td>Leadership, program managers and supervisors who manage people</td>
            </tr>
            <tr>
              <td>Caseworker</td>
              <td>
                Case managers, intake and front-line staff: creates referrals, views clients, manages their own caseload
              </td>
            </tr>
            <tr>
              <td>Staff</td>
              <td>Views clients and resources, responds to referrals</td>
            </tr>
            <tr>
              <td>Viewer</td>
              <td>Views clients and resources, changes nothing</td>
            </tr>
          </tbody>
        </table>
      ),
    },
    {
      id: 'leaves',
      title: 'Somebody leaves',
      body: (
        <ol>
          <li>Deactivate them the same day. Their account is kept.</li>
          <li>Check whether invitations they sent are still open, and cancel those you do not want.</li>
          <li>End their membership if they will not return.</li>
        </ol>
      ),
    },
    {
      id: 'cannot-sign-in',
      title: 'Somebody cannot sign in',
      body: (
        <ol>
          <li>
            Look for them in the list of people. Somebody invited stands there too, with what waits marked pending.
          </li>
          <li>Status “Invited”: they have to accept the invitation first. Resend it.</li>
          <li>Status “Inactive”: they are deactivated. Reactivate them if that is right.</li>
          <li>Status “Active”: compare the address with the one they type. Then send a password reset.</li>
          <li>They can sign in but see nothing: check that they have a role in your organization.</li>
        </ol>
      ),
    },
    {
      id: 'cannot-add',
      title: 'You cannot add somebody',
      body: (
        <p>
          Read the message at the field. If the address is already known in your organization, a link leads to the
          person or the invitation. If somebody has an account elsewhere, invite them as usual: they join with that
          account, if this installation allows several organizations.
        </p>
      ),
    },
  ],
};
