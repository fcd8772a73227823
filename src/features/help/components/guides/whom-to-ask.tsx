import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const whomToAsk: Guide = {
  slug: 'whom-to-ask',
  title: 'Whom to ask',
  summary: 'Who can give you more rights, mend your account, or answer what no guide answers.',
  readers: 'everybody',
  pages: [],
  parts: [
    {
      id: 'org-admins',
      title: 'The Org Admins of your organization',
      body: (
        <>
          <p>
            They manage your organization’s people: who is in it, with which roles, who is deactivated, and invitations.
            When a page says that it is not open to you, they are the first to ask. If you belong to an organization
            that has some, their addresses are at the top of this page.
          </p>
          <p>
            Say which page it was and what you want to do there.{' '}
            <TextLink href="/account/access">What I may do</TextLink> shows what you hold now.
          </p>
        </>
      ),
    },
    {
      id: 'system-admins',
      title: 'The System Admins',
      body: (
        <p>
          They run Rollcall for everybody. Org Admins turn to them for another organization, for another Org Admin’s
          account, and for roles on the whole platform. If you belong to no organization, ask them too.
        </p>
      ),
    },
    {
      id: 'something-wrong',
      title: 'Something went wrong',
      body: (
        <p>
          When a page says that something went wrong on our side, it gives a reference. Pass it on: whoever runs
          Rollcall finds in the log by it what happened.
        </p>
      ),
    },
  ],
};
