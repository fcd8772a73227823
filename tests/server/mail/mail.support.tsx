import { z } from 'zod';
import { invitationLink } from '@/features/invitations/send.schema';
import { MailLayout, MailQuote, MailText } from '@/server/mail/layout';
import { registerEmails } from '@/server/mail/registry';
import { defineEmail } from '@/server/mail/templates';
import '@/handlers';

export const testInvitation = defineEmail({
  name: 'test.invitation',
  title: 'Test invitation',
  quota: 'organization',
  params: z.object({ invitationId: z.uuid(), version: z.int(), inviter: z.string() }),
  link: { to: invitationLink, of: ({ invitationId, version }) => ({ id: invitationId, version }) },
  whenUnsure: 'send-again',
  render: (params, { link }) => ({
    subject: `${params.inviter} invited you`,
    element: (
      <MailLayout preview="Invited" heading="You are invited" action={{ label: 'Set up your account', href: link }}>
        <MailText>{`${params.inviter} invited you.`}</MailText>
      </MailLayout>
    ),
  }),
});

export const testNews = defineEmail({
  name: 'test.news',
  title: 'Test news',
  quota: { exempt: 'a test' },
  params: z.object({ words: z.string() }),
  render: (params) => ({
    subject: params.words,
    element: (
      <MailLayout preview="News" heading="News">
        <MailQuote>{params.words}</MailQuote>
      </MailLayout>
    ),
  }),
});

registerEmails(testInvitation, testNews);
