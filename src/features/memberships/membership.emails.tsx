import { z } from 'zod';
import { MailLayout, MailNote, MailText } from '@/server/mail/layout';
import { defineEmail } from '@/server/mail/templates';

const listed = new Intl.ListFormat('en', { type: 'conjunction' });

export const membershipAddedEmail = defineEmail({
  name: 'membership-added',
  title: 'Added to an organization',
  quota: { exempt: 'a notice to a person about their own access' },
  params: z.object({
    adderName: z.string(),
    organizationName: z.string(),
    roles: z.array(z.string()),
    address: z.url(),
  }),
  render: ({ adderName, organizationName, roles, address }, { product }) => ({
    subject: `You were added to ${organizationName}`,
    element: (
      <MailLayout
        preview={`${adderName} added you to ${organizationName} on ${product}.`}
        heading={`You are now in ${organizationName}`}
        action={{ label: `Open ${product}`, href: address }}
      >
        <MailText>
          {adderName} added you to {organizationName} on {product}
          {roles.length > 0 && `, as ${listed.format(roles)}`}.
        </MailText>
        <MailNote>
          You sign in as before, with the same password. If you did not expect this, tell {adderName} or another admin.
        </MailNote>
      </MailLayout>
    ),
  }),
});
