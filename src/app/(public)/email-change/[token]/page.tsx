import { linkPage, publicPage } from '@/app/(public)/public-page';
import { PublicCard } from '@/components/layout/public-card';
import { LinkButton } from '@/components/ui/button';
import { TextLink } from '@/components/ui/text-link';
import { ConsentQuestion } from '@/features/users/email-change/components/consent-question';
import { type ConsentRequest, findConsentRequest } from '@/features/users/email-change/consent.queries';
import { maskEmail } from '@/lib/email';
import { authorize } from '@/server/work';

export const metadata = linkPage('A new address for your account');

export default publicPage(ConsentPage);

/** Opening the link decides nothing, because mail scanners open links too; each of its two forms does. */
async function ConsentPage({ params }: { params: Promise<{ token: string }> }) {
  const can = await authorize('public');
  const { token } = await params;
  const request = await findConsentRequest(can, token);
  if (!request) return <UnknownLink />;
  if (request.state === 'changed') return <Changed request={request} />;
  if (request.state === 'ended') return <Ended request={request} />;
  return (
    <PublicCard title="A new address for your account" footer={<TextLink href="/sign-in">Back to sign-in</TextLink>}>
      <ConsentQuestion request={request} token={token} />
    </PublicCard>
  );
}

function Changed({ request: { email, previous } }: { request: ConsentRequest }) {
  return (
    <PublicCard title="The address was changed" footer={<TextLink href="/sign-in">Back to sign-in</TextLink>}>
      <p className="break-words text-base leading-6">
        The account no longer uses {previous}. Its new address is {maskEmail(email)}, with the same password. If you did
        not expect this, tell the person who manages access at once.
      </p>
    </PublicCard>
  );
}

function Ended({ request: { previous } }: { request: ConsentRequest }) {
  return (
    <PublicCard title="Nothing was changed">
      <div className="flex flex-col gap-5 text-base leading-6">
        <p className="break-words">
          This request has ended, and it did not change your account. It was stopped, cancelled or replaced, or the new
          address was not confirmed in time. This link was sent to {previous}.
        </p>
        <LinkButton href="/sign-in" tone="primary" size="lg">
          Sign in
        </LinkButton>
      </div>
    </PublicCard>
  );
}

/** Shows the same text whatever the link once was. */
function UnknownLink() {
  return (
    <PublicCard
      title="This link does not open anything"
      description="It was not copied in full, or its request is long over."
    >
      <div className="flex flex-col gap-5 text-base leading-6">
        <p>Open the newest email about a new address again. My account shows whether one is still waiting.</p>
        <LinkButton href="/sign-in" tone="primary" size="lg">
          Sign in
        </LinkButton>
      </div>
    </PublicCard>
  );
}
