import { z } from 'zod';
import { MailLayout, MailNote, MailText } from '@/server/mail/layout';
import { registerTemplate } from '@/server/mail/templates';

/**
 * To the new address. Where that has an account already, its owner is told that nothing happened, without a link and
 * without a name: whoever asked must not learn that the account is there, so one template serves both, and the email
 * log shows no difference.
 */
export const emailChangeEmail = registerTemplate({
  name: 'email-change',
  title: 'Confirm a new address',
  params: z.object({
    changeId: z.uuid(),
    version: z.int(),
    isTaken: z.boolean(),
    /** Null when people ask for themselves. */
    senderName: z.string().nullable(),
    hours: z.int(),
  }),
  link: ({ changeId, version }) => ({ kind: 'email-change', id: changeId, version }),
  whenUnsure: 'send-again',
  render: ({ isTaken, ...params }, { link, product }) => (isTaken ? taken(product) : confirm(params, link, product)),
});

function confirm({ senderName, hours }: { senderName: string | null; hours: number }, link: string, product: string) {
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
            ? `${senderName} asked that you sign in to ${product} with this address from now on.`
            : `You asked to sign in to ${product} with this address from now on.`}{' '}
          Nothing changes until you open the link and confirm.
        </MailText>
        <MailNote>
          The link works once, for {hours} hours. You did not expect this? Then do nothing: without the link nothing
          happens.
        </MailNote>
      </MailLayout>
    ),
  };
}

function taken(product: string) {
  return {
    subject: `Your address was named for another ${product} account`,
    element: (
      <MailLayout preview="Nothing was changed." heading="Your address is in use already">
        <MailText>
          Somebody asked to make this address that of another {product} account. There is an account with it already, or
          an invitation to one, so nothing was changed, and nothing can be.
        </MailText>
        <MailNote>
          Do you have two accounts and want to keep only one? Tell whoever manages access. Otherwise there is nothing to
          do.
        </MailNote>
      </MailLayout>
    ),
  };
}

/** To the address that would be replaced, so that its owner can object before it is. */
export const emailChangeAskedEmail = registerTemplate({
  name: 'email-change-asked',
  title: 'New address asked for',
  params: z.object({ maskedAddress: z.string(), senderName: z.string().nullable() }),
  render: ({ maskedAddress, senderName }, { product }) => ({
    subject: `A new address was asked for your ${product} account`,
    element: (
      <MailLayout preview="Nothing has changed yet." heading="A new address was asked for">
        <MailText>
          {senderName ?? 'Somebody signed in to your account'} asked that your account gets the address {maskedAddress}.
          Nothing changes until that address is confirmed.
        </MailText>
        <MailNote>
          {senderName
            ? 'If this is wrong, tell whoever manages access now: the request can still be cancelled.'
            : 'If this was not you, set a new password now: that drops the request. Then tell whoever manages access.'}
        </MailNote>
      </MailLayout>
    ),
  }),
});

export const emailChangedEmail = registerTemplate({
  name: 'email-changed',
  title: 'Address changed',
  params: z.object({ at: z.string(), to: z.enum(['old', 'new']), address: z.string() }),
  render: ({ at, to, address }, { product }) => ({
    subject: `The address of your ${product} account was changed`,
    element: (
      <MailLayout preview="You were signed out everywhere." heading="Your address was changed">
        <MailText>
          {to === 'new'
            ? `Since ${at} you sign in with ${address}. Your password is the same. You were signed out everywhere.`
            : `Since ${at} your account has the address ${address}. You were signed out everywhere, and links that were mailed here no longer work.`}
        </MailText>
        <MailNote>If you did not expect this, tell whoever manages access at once.</MailNote>
      </MailLayout>
    ),
  }),
});
