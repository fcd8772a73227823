import { z } from 'zod';
import { MailLayout, MailNote, MailQuote, MailText } from '@/server/mail/layout';
import { defineEmail } from '@/server/mail/templates';
import { invitationLink } from './send.schema';

const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'full', timeZone: 'UTC' });
const moment = new Intl.DateTimeFormat('en-US', { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' });
const listed = new Intl.ListFormat('en', { type: 'conjunction' });

export const invitationEmail = defineEmail({
  name: 'invitation',
  title: 'Invitation',
  quota: 'organization',
  params: z.object({
    invitationId: z.uuid(),
    version: z.int(),
    senderName: z.string(),
    organizationName: z.string().nullable(),
    roles: z.array(z.string()),
    message: z.string(),
    /** As planned, for previews and older replicas. The mail says what is true when it leaves. */
    expiresAt: z.iso.datetime(),
  }),
  link: { to: invitationLink, of: ({ invitationId, version }) => ({ id: invitationId, version }) },
  whenUnsure: 'send-again',
  render: ({ senderName, organizationName, roles, message, expiresAt }, { link, product, until }) => {
    const place = organizationName ? `${organizationName} on ${product}` : product;
    return {
      subject: `${senderName} invited you to ${organizationName ?? product}`,
      element: (
        <MailLayout
          preview={`Set up your account at ${place}.`}
          heading={`You are invited to ${organizationName ?? product}`}
          action={{ label: 'Accept the invitation', href: link }}
        >
          <MailText>
            {senderName} invited you to {place}
            {roles.length > 0 && `, as ${listed.format(roles)}`}.
          </MailText>
          {message && <MailQuote>{message}</MailQuote>}
          <MailNote>
            The link works once, until {day.format(until ?? new Date(expiresAt))}. If you did not expect this
            invitation, ignore this email: nothing happens unless you open the link.
          </MailNote>
        </MailLayout>
      ),
    };
  },
});

/** Carries the invitation's current link, so the one in the first email keeps working. */
export const invitationReminderEmail = defineEmail({
  name: 'invitation-reminder',
  title: 'Reminder of an invitation',
  quota: 'organization',
  params: z.object({
    invitationId: z.uuid(),
    version: z.int(),
    which: z.enum(['first', 'last']),
    senderName: z.string(),
    organizationName: z.string().nullable(),
    message: z.string(),
    expiresAt: z.iso.datetime(),
  }),
  link: { to: invitationLink, of: ({ invitationId, version }) => ({ id: invitationId, version }) },
  render: ({ which, senderName, organizationName, message, expiresAt }, { link, product, ...context }) => {
    const place = organizationName ? `${organizationName} on ${product}` : product;
    const until = context.until ?? new Date(expiresAt);
    const isLast = which === 'last';
    return {
      subject: isLast
        ? `Last day of your invitation to ${organizationName ?? product}`
        : `${senderName} is waiting for you at ${organizationName ?? product}`,
      element: (
        <MailLayout
          preview={isLast ? 'After that you need a new link.' : 'Your invitation is still open.'}
          heading={isLast ? 'Your invitation ends soon' : 'Your invitation is still open'}
          action={{ label: 'Accept the invitation', href: link }}
        >
          <MailText>
            {senderName} invited you to {place}
            {isLast ? `. The link works until ${moment.format(until)} UTC.` : ', and you have not answered yet.'}
          </MailText>
          {message && <MailQuote>{message}</MailQuote>}
          <MailNote>
            {isLast ? 'This is the last reminder. ' : `The link works once, until ${day.format(until)}. `}
            If you do not want to join, ignore this email: nothing happens unless you open the link.
          </MailNote>
        </MailLayout>
      ),
    };
  },
});

export const invitationAskedEmail = defineEmail({
  name: 'invitation-asked',
  title: 'New link requested',
  quota: { exempt: 'the invited person asks for it, once for each link' },
  params: z.object({ invitationId: z.uuid(), personName: z.string(), email: z.string() }),
  render: ({ personName, email }, { product }) => ({
    subject: `${personName} asks for a new invitation link`,
    element: (
      <MailLayout preview="Their link has expired." heading="A link has expired">
        <MailText>
          {personName} ({email}) opened your invitation after its link had expired, and asks for a new link.
        </MailText>
        <MailText>Find this invitation under Invitations in {product} and choose “Resend invitation”.</MailText>
      </MailLayout>
    ),
  }),
});
