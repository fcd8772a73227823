import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const myAccount: Guide = {
  slug: 'my-account',
  title: 'My account',
  summary: 'Your profile, your access, your preferences, where you are signed in, and your data as a file.',
  readers: 'everybody',
  pages: ['/account'],
  parts: [
    {
      id: 'profile',
      title: 'Your profile',
      body: (
        <p>
          Open <TextLink href="/account">My account</TextLink> from your initials at the top right. You can change your
          name, phone and extension there, and your email address: confirm that change with your password and a link
          sent to the new address. Admins see the same details. Each change is recorded in the audit log with the values
          before and after. If an admin of your organization asks for a new address, you get an email and can agree or
          stop it; <TextLink href="/account/email">Change address</TextLink> shows what is waiting and can drop it.
        </p>
      ),
    },
    {
      id: 'access',
      title: 'What you may do',
      body: (
        <>
          <p>
            <TextLink href="/account/access">What I may do</TextLink> lists your roles on the whole platform and in each
            of your organizations. It shows which roles come from a group, and what they allow in this console and in
            other applications.
          </p>
          <p>
            A change applies from your next click. While an organization is not active, your roles in it allow nothing.
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
          written, and whether single letters work as keyboard shortcuts. The choices are saved in your account and
          apply in every browser.
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
            address. You can sign out one of them, or all others at once. Their next request is refused.
          </p>
          <p>
            <TextLink href="/account/sign-ins">Sign-ins</TextLink> lists every attempt, including failed ones. If one of
            them was not you, <TextLink href="/account/password">change your password</TextLink> and tell an admin. The
            change signs out your other sessions.
          </p>
        </>
      ),
    },
    {
      id: 'data',
      title: 'Your data as a file',
      body: (
        <p>
          Under <TextLink href="/account/data">My data</TextLink> you can download everything Rollcall stores about you
          as one JSON file. You enter your password again, and the download is recorded in the audit log. The file does
          not contain passwords, links or other people’s data.
        </p>
      ),
    },
  ],
};
