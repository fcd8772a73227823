import { PublicCard } from '@/components/layout/public-card';
import { LinkButton } from '@/components/ui/button';
import { safePath } from '@/lib/redirects';

/** Inactive and archived organizations get the same text, so that strangers learn nothing about a tenant's state. */
export function UnknownOrganization({ isBusy, next: requested }: { isBusy: boolean; next: unknown }) {
  const next = safePath(requested, '');
  return (
    <PublicCard
      title={isBusy ? 'Too many addresses were tried' : 'No organization signs in here'}
      description={
        isBusy
          ? 'Too many unknown addresses were tried from your network. Sign in on the general page instead.'
          : 'This address should end with your organization’s short name. The name may be mistyped or no longer in use.'
      }
    >
      <p className="mb-5">
        You do not need the short name. Everybody can sign in on the general page with their email address and password.
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
