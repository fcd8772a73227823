import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const orgAdmins: Guide = {
  slug: 'org-admins',
  title: 'For Org Admins',
  summary: 'What you may do in your organization, what only a System Admin may, and what to do when.',
  readers: ['users.invite'],
  pages: [],
  parts: [
    {
      id: 'may',
      title: 'What you may do',
      body: (
        <>
          <p>As an Org Admin you look after one organization. You see its people and nothing of any other. You may:</p>
          <ul>
            <li>
              <TextLink href="/help/inviting">invite people</TextLink> and{' '}
              <TextLink href="/help/importing">import them</TextLink>; your organization is chosen already
            </li>
            <li>give roles in it: Caseworker, Staff, Viewer, Member, Author, Expert, Vendor</li>
            <li>
              <TextLink href="/help/people">edit names and phones, and change addresses</TextLink>, of people who belong
              to your organization alone
            </li>
            <li>
              <TextLink href="/help/deactivating">deactivate and reactivate</TextLink> them, and end memberships
            </li>
            <li>invite another Org Admin</li>
            <li>read your organization’s audit log and email log, and export your people</li>
          </ul>
        </>
      ),
    },
    {
      id: 'not',
      title: 'What only a System Admin may',
      body: (
        <ul>
          <li>Change System Admins, or another Org Admin once they are in</li>
          <li>Change the account of somebody who also belongs elsewhere: that is “managed by the platform”</li>
          <li>Change an address without its confirmation</li>
          <li>Give roles on the whole platform, or move somebody into another organization</li>
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
              <td>Leadership, program managers, supervisors who manage people</td>
            </tr>
            <tr>
              <td>Caseworker</td>
              <td>
                Case managers, intake, front-line work: creates referrals, views clients, manages their own caseload
              </td>
            </tr>
            <tr>
              <td>Staff</td>
              <td>Views clients and resources, responds to referrals</td>
            </tr>
            <tr>
              <td>Viewer</td>
              <td>Reads only</td>
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
          <li>Look whether invitations they sent are still open, and cancel those you do not want.</li>
          <li>End their membership when they will not return.</li>
        </ol>
      ),
    },
    {
      id: 'cannot-sign-in',
      title: 'Somebody cannot sign in',
      body: (
        <ol>
          <li>Do you find them in the list? If not, look among the invitations.</li>
          <li>Status “Invited”: they have to open the invitation first. Send it again.</li>
          <li>Status “Inactive”: they are deactivated. Reactivate them if that is right.</li>
          <li>Status “Active”: is the address the one they type? Then let them ask for a new password.</li>
          <li>They are in, but see nothing: look at their role, and whether it is held in your organization.</li>
        </ol>
      ),
    },
    {
      id: 'cannot-add',
      title: 'You cannot add somebody',
      body: (
        <p>
          Read what stands at the field. If the address is known in your organization already, links lead to the person
          or the invitation. Somebody who has an account elsewhere is simply invited: they join with the account they
          have, if this installation allows several organizations.
        </p>
      ),
    },
  ],
};
