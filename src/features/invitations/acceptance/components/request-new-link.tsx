import { Form } from '@/components/form/form';
import { PublicCard } from '@/components/layout/public-card';
import { TextLink } from '@/components/ui/text-link';
import { requestNewLinkAction } from '../accept.actions';
import type { OpenedInvitation } from '../link.queries';

type Props = { token: string; invitation: OpenedInvitation; isAsked: boolean };

export function RequestNewLink({ token, invitation, isAsked }: Props) {
  const { organizationName, isKnown } = invitation;
  const organization = organizationName ? { organization: organizationName } : {};
  const footer = isKnown && <TextLink href="/sign-in">Sign in</TextLink>;
  if (isAsked) {
    return (
      <PublicCard title="We passed on your request" {...organization} footer={footer}>
        <p className="text-base leading-6">
          We asked the person who invited you for a new link. When they send it, you get it by email at{' '}
          {invitation.email}.
        </p>
      </PublicCard>
    );
  }
  return (
    <PublicCard
      title="This link has expired"
      description="Invitation links only work for a few days. Ask for a new one, and you get it by email."
      {...organization}
      footer={footer}
    >
      <Form action={requestNewLinkAction} submitLabel="Ask for a new link" layout="card" warnUnsaved={false}>
        <input type="hidden" name="token" value={token} />
      </Form>
    </PublicCard>
  );
}
