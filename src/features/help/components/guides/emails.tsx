import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const emails: Guide = {
  slug: 'emails',
  title: 'Emails that do not arrive',
  summary: 'What to check when somebody says that they got nothing, and how to read the email log.',
  readers: ['emails.read', 'invitations.read'],
  pages: ['/emails'],
  parts: [
    {
      id: 'invitation',
      title: '“I got no invitation”',
      body: (
        <ol>
          <li>
            Find the <TextLink href="/invitations?show=all">invitation</TextLink> by name or address and open it. Under
            “Did not arrive?” stands everything Rollcall knows.
          </li>
          <li>Is the address right? Rollcall points at mistypings it knows, such as gmial.com.</li>
          <li>
            What did the mail server say? “Bounced” means that it refused the address: check it with the person.
            “Failed” means that the email could not be handed over at all.
          </li>
          <li>Does the mail service work? If not, it is said there, and later emails wait.</li>
          <li>Ask the person to look into the spam folder.</li>
          <li>Send it again. Only the newest link works.</li>
        </ol>
      ),
    },
    {
      id: 'wrong-address',
      title: 'The address was wrong',
      body: (
        <p>
          Cancel the invitation and invite the right address. Then the link that went astray opens nothing any more.
        </p>
      ),
    },
    {
      id: 'password',
      title: '“I got no link for a new password”',
      body: (
        <ul>
          <li>It is sent only to active accounts that have a password, at most three times an hour.</li>
          <li>Somebody who is still invited is told to use the invitation instead.</li>
          <li>
            Look into the <TextLink href="/emails">email log</TextLink> by the recipient’s address. If nothing was sent
            to it, the person has another address here, or their account is not active.
          </li>
        </ul>
      ),
    },
    {
      id: 'log',
      title: 'Reading the email log',
      body: (
        <p>
          The <TextLink href="/emails">email log</TextLink> lists each email with its kind, recipient, state, attempts
          and what the mail server answered. Filter it by recipient, kind or state. “Not sent” is no failure: its link
          was cancelled, replaced or used before the email left. It never shows the links in the emails: whoever reads
          it could take over accounts by them.
        </p>
      ),
    },
  ],
};
