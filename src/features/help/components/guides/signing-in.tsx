import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const signingIn: Guide = {
  slug: 'signing-in',
  title: 'Signing in and passwords',
  summary: 'Where to sign in, what to do when it does not work, and how to get a new password.',
  readers: 'anybody',
  pages: [],
  parts: [
    {
      id: 'where',
      title: 'Where to sign in',
      body: (
        <>
          <p>
            Everybody can sign in on the <TextLink href="/sign-in">general page</TextLink> with their email address and
            password. Your organization also has its own page: the same address, then <code>/o/</code> and its short
            name, such as <code>/o/acme</code>. Both open the same account. When you sign out, you return to the page
            you used.
          </p>
          <p>If you opened a link and were asked to sign in first, you reach that page afterwards.</p>
        </>
      ),
    },
    {
      id: 'first-time',
      title: 'The first time',
      body: (
        <>
          <p>
            You get an invitation by email. Open its link, enter your name and choose a password. You are then signed
            in.
          </p>
          <ul>
            <li>The link works once, for 7 days.</li>
            <li>If it has expired, open it anyway and ask for a new one. The person who invited you gets an email.</li>
            <li>If you got several invitations, use the link in the newest email. The older ones no longer work.</li>
            <li>
              If somebody gave you a password instead, sign in with it. You then have to choose one of your own. It
              works only for some days. When it has expired, the page says so, and you choose a new password as below.
            </li>
          </ul>
        </>
      ),
    },
    {
      id: 'does-not-work',
      title: 'It does not work',
      body: (
        <>
          <p>
            The page gives the same answer for every other reason, so that strangers learn nothing from it. Check these
            in order:
          </p>
          <ol>
            <li>Is it the email address the invitation was sent to?</li>
            <li>
              Is the password right? Show it with the eye beside it, and check capital letters and the keyboard
              language.
            </li>
            <li>
              Did you try several times? After 5 wrong passwords you have to wait a minute, then longer, up to 15
              minutes. During the wait even the right password is refused. A browser you have signed in with before does
              not wait for the wrong passwords of others.
            </li>
            <li>Have you activated your account? Look for the invitation in your email and in the spam folder.</li>
            <li>Is your account deactivated? Ask an admin of your organization.</li>
          </ol>
          <p>
            “Too many attempts from your network” means that 20 sign-ins from your address failed within an hour, by you
            or by somebody beside you. It ends after a quarter of an hour at most. “Too many people are signing in” ends
            within seconds, and that attempt did not count.
          </p>
          <p>
            If your organization’s page says that no organization signs in there, the short name is mistyped or no
            longer in use. Sign in on the <TextLink href="/sign-in">general page</TextLink>.
          </p>
        </>
      ),
    },
    {
      id: 'new-password',
      title: 'A new password',
      body: (
        <>
          <ol>
            <li>
              Choose <TextLink href="/forgot-password">Forgot your password?</TextLink> under the sign-in form and enter
              your address.
            </li>
            <li>Open the link in the email. It works once, for 30 minutes. Only the newest link works.</li>
            <li>Choose a password. You are signed out everywhere and sign in with the new password.</li>
          </ol>
          <p>
            The page gives the same answer for every address. If no email arrives after a few minutes, your account may
            have a different address or may not be active. If you asked more than three times within an hour, use the
            link in the newest email.
          </p>
        </>
      ),
    },
    {
      id: 'good-password',
      title: 'What makes a good password',
      body: (
        <p>
          Use at least 15 characters. A few unrelated words work well. You need no digits or symbols, and you do not
          have to change it from time to time. Passwords that are easy to guess are refused: common ones, repeated
          characters, keyboard rows, and your own name or address.
        </p>
      ),
    },
    {
      id: 'how-long',
      title: 'How long you stay signed in',
      body: (
        <p>
          You are signed out after an hour without activity, and after a day in any case. When you change your password,
          your other sessions end at once. A page that is open when its session ends leads to sign-in, and back to the
          same page afterwards. What was typed there and not saved is lost.
        </p>
      ),
    },
  ],
};
