import { PublicCard } from '@/components/layout/public-card';
import { LinkButton } from '@/components/ui/button';
import { ownSignInPath } from '@/server/auth/sign-in-path';

/** For a link that was used, replaced or never existed. Not the 404 page, because that is empty without scripts. */
export async function ExpiredLink() {
  return (
    <PublicCard
      title="This link does not work"
      description="It was used, replaced by a newer email, cancelled, or copied incompletely."
    >
      <div className="flex flex-col gap-4 text-base leading-6">
        <p>Open the newest invitation in your mailbox. If you already set up your account, sign in.</p>
        <div>
          <LinkButton href={await ownSignInPath()} tone="primary" size="lg">
            Sign in
          </LinkButton>
        </div>
      </div>
    </PublicCard>
  );
}
