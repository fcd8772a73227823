import { z } from 'zod';
import { MailLayout, MailNote, MailText } from '@/server/mail/layout';
import { defineEmail } from '@/server/mail/templates';
import { passwordResetLink } from './password.schema';

export const passwordResetEmail = defineEmail({
  name: 'password-reset',
  title: 'Link for a new password',
  quota: { exempt: 'a link for a new password, limited by account and source' },
  // Mails of before have no sender.
  params: z.object({
    resetId: z.uuid(),
    version: z.int(),
    minutes: z.int(),
    senderName: z.string().nullable().default(null),
  }),
  link: { to: passwordResetLink, of: ({ resetId, version }) => ({ id: resetId, version }) },
  // Other mails that fill a mailbox must not lock its owner out.
  hasOwnLimit: true,
  whenUnsure: 'send-again',
  render: ({ minutes, senderName }, { link, product }) => ({
    subject: `Choose a new password for ${product}`,
    element: (
      <MailLayout
        preview={`The link works once, for ${minutes} minutes.`}
        heading="Choose a new password"
        action={{ label: 'Choose a password', href: link }}
      >
        <MailText>
          {senderName
            ? `${senderName} sent you this link so that you can choose a new password for your account.`
            : 'Somebody asked for a new password for your account. If that was you, open the link.'}
        </MailText>
        <MailNote>
          The link works once, for {minutes} minutes. Your password stays the same until you use it. If you did not ask
          for it, ignore this email.
        </MailNote>
      </MailLayout>
    ),
  }),
});

export const passwordChangedEmail = defineEmail({
  name: 'password-changed',
  title: 'Password changed',
  quota: { exempt: 'a notice to a person about their own account' },
  params: z.object({ at: z.string(), how: z.enum(['link', 'account']) }),
  render: ({ at, how }, { product }) => ({
    subject: `Your ${product} password was changed`,
    element: (
      <MailLayout preview="If this was not you, act now." heading="Your password was changed">
        <MailText>
          {how === 'link'
            ? `It was changed on ${at} with a link we emailed to you. You were signed out everywhere.`
            : `It was changed on ${at} from your account. Your other sessions were signed out.`}
        </MailText>
        <MailNote>If this was not you, choose a new password at once and tell an admin.</MailNote>
      </MailLayout>
    ),
  }),
});

export const accountAwaitsActivationEmail = defineEmail({
  name: 'account-awaits-activation',
  title: 'Account awaits activation',
  quota: { exempt: 'the answer to a request for a new password' },
  params: z.object({}),
  render: (_params, { product }) => ({
    subject: `Your ${product} account is not active yet`,
    element: (
      <MailLayout preview="Use the link in your invitation first." heading="Your account is not active yet">
        <MailText>
          Somebody asked for a new password for this address. The account has no password yet. Open the link in your
          invitation to choose one.
        </MailText>
        <MailNote>
          If you cannot find the invitation or its link has expired, ask the person who invited you to resend it.
        </MailNote>
      </MailLayout>
    ),
  }),
});
