import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const missingEmails: Guide = {
  slug: 'emails',
  title: 'Emails that do not arrive',
  summary: 'What to check when somebody says they got no email, and how to read the email log.',
  readers: ['emails.read', 'invitations.read'],
  pages: ['/emails'],
  parts: [
    {
      id: 'invitation',
      title: '“I got no invitation”',
      body: (
        <ol>
          <li>
            Find the <TextLink href="/invitations?show=all">invitation</TextLink> by name or address and open it. While
            it is unanswered, “Did not arrive?” shows everything Rollcall knows.
          </li>
          <li>Is the address right? Rollcall points out common typing mistakes such as gmial.com.</li>
          <li>
            What did the mail server say? “Bounced” means that it refused the address: check it with the person.
            “Failed” means that the email could not be handed to the mail server.
          </li>
          <li>Does the mail service work? The same place shows when it last sent an email and why emails wait.</li>
          <li>Ask the person to look in their spam folder.</li>
          <li>Resend the invitation. Only the newest link works.</li>
        </ol>
      ),
    },
    {
      id: 'waiting',
      title: 'It leaves later',
      body: (
        <p>
          Each organization sends a limited number of invitations and reminders in an hour: 1,000, or the number that
          your Rollcall is set to. Further ones leave in the hours after, and “Leaves at” says when. The days of a link
          begin when its email is sent. Links for new passwords, confirmations, notices and what System Admins send do
          not count, and never wait for this.
        </p>
      ),
    },
    {
      id: 'wrong-address',
      title: 'The address was wrong',
      body: <p>Cancel the invitation and invite the right address. The link in the first email then stops working.</p>,
    },
    {
      id: 'password',
      title: '“I got no link for a new password”',
      body: (
        <ul>
          <li>
            The link is sent only to active accounts that have a password. After three requests within an hour, a new
            link is sent only when the last one has expired.
          </li>
          <li>People who have not accepted their invitation get an email that tells them to use it first.</li>
          <li>
            Search the <TextLink href="/emails">email log</TextLink> for any part of the recipient’s address. If nothing
            was sent to it, the person has a different address here, or their account is not active.
          </li>
        </ul>
      ),
    },
    {
      id: 'log',
      title: 'Read the email log',
      body: (
        <p>
          The <TextLink href="/emails">email log</TextLink> lists each email with its kind, recipient, state, number of
          attempts and the mail server’s answer. Filter it by recipient, kind, state or time. “Not sent” is not a
          failure: the link was cancelled, replaced or used before the email went out. The log never shows the links
          themselves, because readers could take over accounts with them.
        </p>
      ),
    },
  ],
};
