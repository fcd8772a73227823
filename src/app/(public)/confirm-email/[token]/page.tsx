import { linkPage, publicPage } from '@/app/(public)/public-page';
import { Form } from '@/components/form/form';
import { PublicCard } from '@/components/layout/public-card';
import { LinkButton } from '@/components/ui/button';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { confirmEmailChangeAction } from '@/features/users/email-change/confirm.actions';
import { findChangeByToken, type OpenedChange } from '@/features/users/email-change/pending.queries';
import { waitHours } from '@/features/users/email-change/request.schema';
import { maskEmail } from '@/lib/email';
import { authorize } from '@/server/work';

export const metadata = linkPage('Confirm your new address');

export default publicPage(ConfirmEmailPage);

/** Opening the link changes nothing, because mail scanners open links too; sending the form uses it up. */
async function ConfirmEmailPage({ params }: { params: Promise<{ token: string }> }) {
  const can = await authorize('public');
  const { token } = await params;
  const change = await findChangeByToken(can, token);
  if (!change) return <ExpiredLink />;
  if (change.state === 'confirmed') return <Confirmed email={change.email} />;
  if (change.takesEffectAt) return <Waiting change={change} at={change.takesEffectAt} />;
  return (
    <PublicCard title="Confirm your new address" footer={<TextLink href="/sign-in">Back to sign-in</TextLink>}>
      <div className="flex flex-col gap-5 text-[15px] leading-6">
        {change.mustWait ? <AfterTheWait change={change} /> : <AtOnce change={change} />}
        <Form action={confirmEmailChangeAction} submitLabel="Confirm this address" layout="card" warnUnsaved={false}>
          <input type="hidden" name="token" value={token} />
        </Form>
      </div>
    </PublicCard>
  );
}

function AtOnce({ change: { email, previous } }: { change: OpenedChange }) {
  return (
    <>
      <p className="break-words">
        After you confirm, you sign in with <strong>{email}</strong> instead of {maskEmail(previous)}. Your password
        stays the same.
      </p>
      <p>Confirming signs you out everywhere, and links emailed to the old address stop working.</p>
    </>
  );
}

function AfterTheWait({ change: { email, previous } }: { change: OpenedChange }) {
  return (
    <>
      <p className="break-words">
        You confirm that <strong>{email}</strong> is yours. The account keeps {maskEmail(previous)} until that address
        agrees, or for {waitHours} hours. It can also stop the change.
      </p>
      <p>When the change takes effect, both addresses get an email, and the account is signed out everywhere.</p>
    </>
  );
}

function Waiting({ change: { email, previous }, at }: { change: OpenedChange; at: Date }) {
  return (
    <PublicCard title="Your address is confirmed" footer={<TextLink href="/sign-in">Back to sign-in</TextLink>}>
      <div className="flex flex-col gap-5 text-[15px] leading-6">
        <p className="break-words">
          The account keeps {maskEmail(previous)} until that address agrees, or until{' '}
          <Time at={at} timeZone="UTC" exact />. After that, sign in with <strong>{email}</strong>.
        </p>
        <p>There is nothing more to do. You get an email when the change takes effect.</p>
      </div>
    </PublicCard>
  );
}

function Confirmed({ email }: { email: string }) {
  return (
    <PublicCard title="Your address is confirmed">
      <div className="flex flex-col gap-5 text-[15px] leading-6">
        <p className="break-words">
          From now on, sign in with <strong>{email}</strong> and your present password.
        </p>
        <LinkButton href="/sign-in" tone="primary" size="lg">
          Sign in
        </LinkButton>
      </div>
    </PublicCard>
  );
}

/** Shows the same text whatever the link once was. */
function ExpiredLink() {
  return (
    <PublicCard
      title="This link does not open anything"
      description="It was used, cancelled or replaced by a newer email, it has expired, or it was not copied in full."
    >
      <div className="flex flex-col gap-5 text-[15px] leading-6">
        <p>Open the newest email. If there is none, ask an admin to resend the link.</p>
        <LinkButton href="/sign-in" tone="primary" size="lg">
          Sign in
        </LinkButton>
      </div>
    </PublicCard>
  );
}
