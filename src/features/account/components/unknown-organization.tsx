import { PublicCard } from '@/components/layout/public-card';
import { LinkButton } from '@/components/ui/button';
import { safePath } from '@/lib/redirects';

/**
 * For an address that is no organization's. An inactive or archived organization has no door either, and gets these very
 * words: how a tenant stands is not told to strangers.
 */
export function UnknownOrganization({ isBusy, next: wish }: { isBusy: boolean; next: unknown }) {
  const next = safePath(wish, '');
  return (
    <PublicCard
      title={isBusy ? 'Too many addresses were tried' : 'No organization signs in here'}
      description={
        isBusy
          ? 'From where you are, many addresses were tried that are no organization’s. Sign in on the general page, which does the same.'
          : 'The end of this address should be your organization’s short name. It may be mistyped, or no longer in use.'
      }
    >
      <p className="mb-5">
        You need not know it: everybody can sign in on the general page with their email address and password.
      </p>
      <LinkButton
        href={next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in'}
        tone="primary"
        size="lg"
        className="w-full"
      >
        Sign in on the general page
      </LinkButton>
    </PublicCard>
  );
}
