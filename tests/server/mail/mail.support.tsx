import { z } from 'zod';
import { MailLayout, MailQuote, MailText } from '@/server/mail/layout';
import { registerTemplate } from '@/server/mail/templates';

registerTemplate({
  name: 'test.invitation',
  title: 'Test invitation',
  params: z.object({ invitationId: z.uuid(), version: z.int(), inviter: z.string() }),
  link: (params) => ({ kind: 'invitation', id: params.invitationId, version: params.version }),
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

registerTemplate({
  name: 'test.news',
  title: 'Test news',
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
