import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const myAccount: Guide = {
  slug: 'my-account',
  title: 'My account',
  summary: 'Your profile, what you may do, how times are written, where you are signed in, and your data as a file.',
  readers: 'everybody',
  pages: ['/account'],
  parts: [
    {
      id: 'profile',
      title: 'Your profile',
      body: (
        <p>
          <TextLink href="/account">My account</TextLink> is behind your initials, at the top right. Change your name,
          phone and extension there. Admins see the same, and each change is in the audit log with what was there
          before.
        </p>
      ),
    },
    {
      id: 'access',
      title: 'What you may do',
      body: (
        <>
          <p>
            <TextLink href="/account/access">What I may do</TextLink> lists, for the whole platform and for each
            organization of yours, which roles you hold, through which group if it is one, and what they permit, in this
            console and in other applications.
          </p>
          <p>
            A change takes effect with your next click. In an organization that is not active, roles give nothing until
            it is active again.
          </p>
        </>
      ),
    },
    {
      id: 'preferences',
      title: 'Times and keys',
      body: (
        <p>
          Under <TextLink href="/account/preferences">Preferences</TextLink> you choose your time zone, how dates are
          written, and whether single letters work as keys. They are kept in your account and hold in every browser.
        </p>
      ),
    },
    {
      id: 'sessions',
      title: 'Where you are signed in',
      body: (
        <>
          <p>
            <TextLink href="/account/sessions">Where I am signed in</TextLink> lists each browser with its network
            address. Sign out one of them, or all others at once: they are refused from their next request on.
          </p>
          <p>
            <TextLink href="/account/sign-ins">Sign-ins</TextLink> lists every attempt, failed ones too. If one was not
            you, <TextLink href="/account/password">change your password</TextLink>, which signs out your other
            sessions, and tell an admin.
          </p>
        </>
      ),
    },
    {
      id: 'data',
      title: 'Your data as a file',
      body: (
        <p>
          Under <TextLink href="/account/data">My data</TextLink> you download everything Rollcall keeps about you, as
          one JSON file. Your password is asked for again, and the download is in the audit log. Passwords, links and
          what concerns other people are not in it.
        </p>
      ),
    },
  ],
};
