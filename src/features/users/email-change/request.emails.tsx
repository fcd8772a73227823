import { z } from 'zod';
import { formatUtc } from '@/lib/dates';
import { MailLayout, MailNote, MailText } from '@/server/mail/layout';
import { defineEmail } from '@/server/mail/templates';
import { emailChangeLink, emailConsentLink, waitHours } from './request.schema';

/**
 * To the new address. If it already has an account, its owner reads that nothing happened, without a link or a name.
 * The requester must not learn that the account exists, so one template serves both and the email log looks the same.
 */
export const emailChangeEmail = defineEmail({
  name: 'email-change',
  title: 'Confirm a new address',
  quota: { exempt: 'a confirmation, limited by person and requester' },
  params: z.object({
    changeId: z.uuid(),
    version: z.int(),
    isTaken: z.boolean(),
    senderName: z.string().nullable(),
    hours: z.int(),
    /** Left out by an earlier version. */
    mustWait: z.boolean().optional(),
  }),
  link: { to: emailChangeLink, of: ({ changeId, version }) => ({ id: changeId, version }) },
  whenUnsure: 'send-again',
  render: ({ isTaken, ...params }, { link, product }) => (isTaken ? taken(product) : confirm(params, link, product)),
});

type Confirmation = { senderName: string | null; hours: number; mustWait?: boolean | undefined };

function confirm({ senderName, hours, mustWait }: Confirmation, link: string, product: string) {
  return {
    subject: `Confirm your new address for ${product}`,
    element: (
      <MailLayout
        preview={`The link works once, for ${hours} hours.`}
        heading="Confirm your new address"
        action={{ label: 'Confirm this address', href: link }}
      >
        <MailText>
          {senderName
            ? `${senderName} asked for your ${product} account to use this address from now on.`
            : `You asked to sign in to ${product} with this address from now on.`}{' '}
          Nothing changes until you open the link and confirm.
        </MailText>
        {mustWait && (
          <MailText>
            The current address is asked too. The change takes effect when it agrees, or {waitHours} hours after you
            confirm, unless it stops the change.
          </MailText>
        )}
        <MailNote>
          The link works once, for {hours} hours. If you did not expect this, ignore this email and nothing will change.
        </MailNote>
      </MailLayout>
    ),
  };
}

function taken(product: string) {
  return {
    subject: `Somebody entered your address for another ${product} account`,
    element: (
      <MailLayout preview="Nothing was changed." heading="Your address is already in use">
        <MailText>
          Somebody tried to use this address for another {product} account. It already has an account or an invitation,
          so nothing was changed.
        </MailText>
        <MailNote>
          If you have two accounts and want to keep only one, tell the person who manages access. Otherwise there is
          nothing to do.
        </MailNote>
      </MailLayout>
    ),
  };
}

/** To the current address, so that its owner can object before it is replaced. */
export const emailChangeRequestedEmail = defineEmail({
  name: 'email-change-asked',
  title: 'New address requested',
  quota: { exempt: 'a notice to a person about their own account' },
  params: z.object({ maskedAddress: z.string(), senderName: z.string().nullable() }),
  render: ({ maskedAddress, senderName }, { product }) => ({
    subject: `A new address was requested for your ${product} account`,
    element: (
      <MailLayout preview="Nothing has changed yet." heading="A new address was requested">
        <MailText>
          {senderName ?? 'Somebody signed in to your account'} asked to change the address of your account to{' '}
          {maskedAddress}. Nothing changes until that address is confirmed.
        </MailText>
        <MailNote>
          {senderName
            ? 'If this is wrong, tell the person who manages access now. They can still cancel the request.'
            : 'If this was not you, set a new password to cancel the request. Then tell the person who manages access.'}
        </MailNote>
      </MailLayout>
    ),
  }),
});

/**
 * To the current address when an org admin asks for a new one, and again when the new address has confirmed. Its link
 * leads to a page where the owner agrees or stops the change.
 */
export const emailConsentEmail = defineEmail({
  name: 'email-change-consent',
  title: 'New address: agree or stop',
  quota: { exempt: 'a question to the current address, limited by person and requester' },
  params: z.object({
    changeId: z.uuid(),
    maskedAddress: z.string(),
    senderName: z.string().nullable(),
    /** Null until the new address has confirmed. */
    takesEffectAt: z.string().nullable(),
  }),
  link: { to: emailConsentLink, of: ({ changeId }) => ({ id: changeId, version: 1 }) },
  // Other mails that fill a mailbox must not keep its owner from stopping the change.
  hasOwnLimit: true,
  whenUnsure: 'send-again',
  render: ({ maskedAddress, senderName, takesEffectAt }, { link, product }) => ({
    subject: takesEffectAt
      ? `Your ${product} address changes soon, unless you stop it`
      : `A new address was requested for your ${product} account`,
    element: (
      <MailLayout
        preview={takesEffectAt ? 'You can still stop it.' : 'Nothing has changed yet. You can agree or stop it.'}
        heading={takesEffectAt ? 'Your address changes soon' : 'A new address was requested'}
        action={{ label: 'Agree or stop the change', href: link }}
      >
        <MailText>
          {senderName ?? 'An admin'} asked to change the address of your account to {maskedAddress}.{' '}
          {takesEffectAt
            ? `That address has confirmed. The change takes effect on ${formatUtc(new Date(takesEffectAt))}, or earlier if you agree.`
            : `Nothing changes until that address confirms. After that the change takes effect when you agree, or ${waitHours} hours later unless you stop it.`}
        </MailText>
        <MailNote>
          If you do not know of this, open the link and stop the change. Until it takes effect, you sign in with this
          address and links for a new password come here.
        </MailNote>
      </MailLayout>
    ),
  }),
});

export const emailChangedEmail = defineEmail({
  name: 'email-changed',
  title: 'Address changed',
  quota: { exempt: 'a notice to a person about their own account' },
  params: z.object({ at: z.string(), to: z.enum(['old', 'new']), address: z.string() }),
  render: ({ at, to, address }, { product }) => ({
    subject: `The address of your ${product} account was changed`,
    element: (
      <MailLayout preview="You were signed out everywhere." heading="Your address was changed">
        <MailText>
          {to === 'new'
            ? `Since ${at} you sign in with ${address}. Your password is the same. You were signed out everywhere.`
            : `Since ${at} your account has the address ${address}. You were signed out everywhere, and links sent here no longer work.`}
        </MailText>
        <MailNote>If you did not expect this, tell the person who manages access at once.</MailNote>
      </MailLayout>
    ),
  }),
});
