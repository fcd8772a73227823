import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const whomToAsk: Guide = {
  slug: 'whom-to-ask',
  title: 'Whom to ask',
  summary: 'Who can change your access, fix your account, or answer what no guide answers.',
  readers: 'everybody',
  pages: [],
  parts: [
    {
      id: 'org-admins',
      title: 'The Org Admins of your organization',
      body: (
        <>
          <p>
            They manage your organization’s people, roles and invitations, and can deactivate and reactivate accounts.
            Ask them first when a page is not open to you. If your organization has Org Admins, their addresses are at
            the top of this page.
          </p>
          <p>
            Tell them which page it was and what you want to do there.{' '}
            <TextLink href="/account/access">What I may do</TextLink> shows your access now.
          </p>
        </>
      ),
    },
    {
      id: 'system-admins',
      title: 'The System Admins',
      body: (
        <p>
          They run Rollcall for everybody. Org Admins ask them about other organizations, other Org Admins’ accounts,
          and roles on the whole platform. If you belong to no organization, ask them too.
        </p>
      ),
    },
    {
      id: 'something-wrong',
      title: 'Something went wrong',
      body: (
        <p>
          When a page says that something went wrong on our side, it shows a reference. Pass it on to the people who run
          Rollcall. With it they can find in the log what happened.
        </p>
      ),
    },
  ],
};
