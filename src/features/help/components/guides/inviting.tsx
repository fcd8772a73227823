import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const inviting: Guide = {
  slug: 'inviting',
  title: 'Adding users and inviting them',
  summary: 'Add a user, follow the invitation, and resend or cancel it, one by one or many at once.',
  readers: ['users.invite', 'invitations.read'],
  pages: ['/invitations', '/users/new'],
  parts: [
    {
      id: 'one',
      title: 'Add one user',
      body: (
        <>
          <ol>
            <li>
              Choose <TextLink href="/users/new">Add user</TextLink> on Home or above the list of users.
            </li>
            <li>
              Choose an organization or the whole platform. It decides which roles and groups you can give. For an Org
              Admin, their own organization is already chosen.
            </li>
            <li>Enter the person’s email address and name.</li>
            <li>
              Choose roles and groups. Several add up. You can only grant access you have there yourself. You can make a
              new group in the same form.
            </li>
            <li>
              Write a welcome message if you like. It is included in the email exactly as written, and you can preview
              the email.
            </li>
            <li>Choose Send invitation.</li>
          </ol>
          <p>
            The person gets a link that works once, for 7 days from when the email is sent. They choose a password and
            are signed in. Their roles, groups and membership begin at that moment, not before.
          </p>
        </>
      ),
    },
    {
      id: 'password',
      title: 'Give a password instead',
      body: (
        <>
          <p>
            If the form offers it, you can make an initial password instead of sending an invitation, and choose Create
            user. Admins of the whole platform may. Org Admins may only where the operator has allowed it, because they
            then know the password of an account whose address nobody confirmed.
          </p>
          <p>
            The password is shown to you once, with the time until which it works, and no email is sent. The person must
            choose their own password when they first sign in. After that time they choose one with{' '}
            <TextLink href="/forgot-password">Forgot your password?</TextLink>. Their page shows whether an initial
            password still waits, and marks the address as not confirmed until they have used a link that was mailed to
            it. Until then the account cannot accept another invitation.
          </p>
        </>
      ),
    },
    {
      id: 'states',
      title: 'What the states mean',
      body: (
        <>
          <p>
            <TextLink href="/invitations">Invitations</TextLink> lists everybody who was invited, newest first.
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
                <td>Somebody opened the link. This may have been a mail scanner</td>
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
                <td>The sender may no longer grant the access in it. An admin who has that access must confirm it</td>
              </tr>
              <tr>
                <td>Accepted</td>
                <td>The person accepted and has their access</td>
              </tr>
              <tr>
                <td>Expired</td>
                <td>Nobody used the link in time</td>
              </tr>
              <tr>
                <td>Cancelled</td>
                <td>The link no longer works</td>
              </tr>
            </tbody>
          </table>
        </>
      ),
    },
    {
      id: 'again',
      title: 'Resend an invitation',
      body: (
        <p>
          Open the invitation, or the three dots in its row, and choose Resend invitation. The list of people has the
          same dots for everybody who is invited. The person gets a new link for another 7 days, and links in earlier
          emails stop working. You can resend expired invitations too. If the email did not arrive, see{' '}
          <TextLink href="/help/emails">Emails that do not arrive</TextLink>. When your organization has used up its
          emails for the hour, resending is refused, because the old link would stop working while the new one waits.
          The page says when it is possible again.
        </p>
      ),
    },
    {
      id: 'reminders',
      title: 'Reminders',
      body: (
        <p>
          Rollcall reminds people who have not answered: 3 days after the link was sent and again on its last day. You
          do not have to do anything.
        </p>
      ),
    },
    {
      id: 'cancel',
      title: 'Cancel an invitation',
      body: (
        <p>
          Open the invitation and choose Cancel invitation. You see what it means first, and can choose Keep invitation
          instead. In the three dots of its row it acts at once. The link stops working. A person who was never active
          and has no other open invitation is archived.
        </p>
      ),
    },
    {
      id: 'bulk-actions',
      title: 'Bulk actions',
      body: (
        <p>
          Tick rows, or select all that match your filter, and choose Resend or Cancel. You see what will happen to each
          one before you confirm. You can leave the page while it runs. For seven days, the list of invitations links to
          bulk actions that wait for you and to their results. On the result page you can download the invitations that
          were not changed, with the reasons.
        </p>
      ),
    },
  ],
};
