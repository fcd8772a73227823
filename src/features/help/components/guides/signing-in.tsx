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
            password. Your organization has a page of its own too: the same address, then <code>/o/</code> and its short
            name, such as <code>/o/acme</code>. Both open the same account. After you signed in on one of them, you come
            back to that one when you sign out.
          </p>
          <p>If you opened a link to a page and were asked to sign in first, you arrive on that page afterwards.</p>
        </>
      ),
    },
    {
      id: 'first-time',
      title: 'The first time',
      body: (
        <>
          <p>
            You get an email with an invitation. Open its link, enter your name and choose a password. Then you are
            signed in.
          </p>
          <ul>
            <li>The link works once, for 7 days.</li>
            <li>
              When it has expired, its page offers to ask for a new one. Whoever invited you then gets your wish by
              email.
            </li>
            <li>When a newer invitation was sent, only the link in the newest email works.</li>
            <li>
              If somebody gave you a password instead, sign in with it. You are asked at once to choose one of your own.
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
            The page says the same whatever the reason is, so that strangers learn nothing from it. Look at these in
            turn:
          </p>
          <ol>
            <li>Is it the email address the invitation was sent to?</li>
            <li>
              Is the password right? Show it with the eye beside it, and look at capitals and the keyboard’s language.
            </li>
            <li>
              Did you try several times? After 5 wrong passwords the account waits a minute, then longer, at most 15
              minutes. Trying while it waits changes nothing. Nobody is locked out for good by it.
            </li>
            <li>Have you activated your account? Look for the invitation in your mail, also in the spam folder.</li>
            <li>Is your account deactivated? Ask whoever manages access in your organization.</li>
          </ol>
          <p>
            If the page at your organization’s address says that no organization signs in there, its short name is
            mistyped or no longer in use. Sign in on the <TextLink href="/sign-in">general page</TextLink>.
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
            <li>Open the link in the email. It works once, for 30 minutes, and only the newest link works.</li>
            <li>Choose a password. You are then signed out everywhere, and sign in with the new one.</li>
          </ol>
          <p>
            The page says the same for every address. No email after a few minutes? Then the address may be another one,
            the account may not be active, or it was asked for more than three times within the hour.
          </p>
        </>
      ),
    },
    {
      id: 'good-password',
      title: 'What makes a good password',
      body: (
        <>
          <p>
            At least 15 characters; a few unrelated words work well. No digits or signs are asked for, and it need not
            be changed from time to time. Refused are passwords that are tried first: common ones, repetitions, rows of
            the keyboard, and your own name or address.
          </p>
        </>
      ),
    },
    {
      id: 'how-long',
      title: 'How long you stay signed in',
      body: (
        <p>
          A session ends after an hour without activity, and after a day in any case. It ends at once when you sign out,
          and your other sessions end when you change your password.
        </p>
      ),
    },
  ],
};
