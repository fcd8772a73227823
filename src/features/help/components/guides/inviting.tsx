import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const inviting: Guide = {
  slug: 'inviting',
  title: 'Inviting people',
  summary: 'Invite one person, follow the invitation, send it again, cancel it, deal with many at once.',
  readers: ['users.invite', 'invitations.read'],
  pages: ['/invitations', '/users/new'],
  parts: [
    {
      id: 'one',
      title: 'Invite one person',
      body: (
        <>
          <ol>
            <li>
              Choose <TextLink href="/users/new">Invite person</TextLink>, on Home or above the list of people.
            </li>
            <li>
              Choose the organization, or the whole platform. An Org Admin’s own organization is chosen already. It
              decides which roles and groups can be given.
            </li>
            <li>Enter email address and name.</li>
            <li>
              Choose roles and groups. Several add up. You can give only what you hold there yourself. A new group can
              be made in place.
            </li>
            <li>Write a welcome message if you like: it stands in the email as you write it. Look at the preview.</li>
            <li>Send it.</li>
          </ol>
          <p>
            The person gets a link that lives 7 days and works once. They choose their password and are signed in. Their
            roles, groups and membership begin in that moment, not before.
          </p>
        </>
      ),
    },
    {
      id: 'password',
      title: 'Give a password instead',
      body: (
        <p>
          Whoever may set passwords can make an initial password instead of emailing an invitation. It is shown to you
          once, no email is sent, and the person must choose one of their own when they first sign in.
        </p>
      ),
    },
    {
      id: 'states',
      title: 'How far an invitation is',
      body: (
        <>
          <p>
            <TextLink href="/invitations">Invitations</TextLink> lists who was asked in, newest first.
          </p>
          <table>
            <thead>
              <tr>
                <th scope="col">State</th>
                <th scope="col">Means</th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <td>Queued</td>
                <td>The email waits to be sent</td>
              </tr>
              <tr>
                <td>Sent</td>
                <td>The mail server took the email</td>
              </tr>
              <tr>
                <td>Opened</td>
                <td>The page behind the link was opened. A hint only: mail scanners open links too</td>
              </tr>
              <tr>
                <td>Failed</td>
                <td>The email could not be handed to the mail server</td>
              </tr>
              <tr>
                <td>Bounced</td>
                <td>The mail server refused the address</td>
              </tr>
              <tr>
                <td>Needs confirmation</td>
                <td>Its sender may no longer grant what it holds. Somebody who may has to confirm it</td>
              </tr>
              <tr>
                <td>Accepted</td>
                <td>The person is in</td>
              </tr>
              <tr>
                <td>Expired</td>
                <td>The link ran out unused</td>
              </tr>
              <tr>
                <td>Cancelled</td>
                <td>The link is dead</td>
              </tr>
            </tbody>
          </table>
        </>
      ),
    },
    {
      id: 'again',
      title: 'Send it again',
      body: (
        <p>
          Open the invitation, or its menu with the three dots, and choose to send it again. That makes a new link for
          another 7 days; links of earlier emails stop working. Expired invitations can be sent again too. If it did not
          arrive, see <TextLink href="/help/emails">Emails that do not arrive</TextLink>.
        </p>
      ),
    },
    {
      id: 'reminders',
      title: 'Reminders',
      body: (
        <p>
          Whoever has not answered is reminded by email, 3 days after the link was sent and on its last day. You need
          not do anything for that.
        </p>
      ),
    },
    {
      id: 'cancel',
      title: 'Cancel it',
      body: (
        <p>
          Choose to cancel it on its page. A page first says what that means. The link dies; somebody who was never
          active and has no other invitation is archived.
        </p>
      ),
    },
    {
      id: 'many',
      title: 'Many at once',
      body: (
        <p>
          Tick rows, or all that match your filter, and choose to send them again or to cancel them. You see exactly
          what will happen to each before you confirm. Then you may leave the page: for seven days the list of
          invitations leads you back to what waits for you and to what was done. What was not done can be downloaded
          there with the reasons.
        </p>
      ),
    },
  ],
};
