import type { OpenedInvitation } from '../link.queries';

const listed = new Intl.ListFormat('en', { type: 'conjunction' });

export function InvitedTo({ invitation }: { invitation: OpenedInvitation }) {
  const { senderName, organizationName, roles, message } = invitation;
  return (
    <div className="text-base leading-6">
      <p>
        {senderName ?? 'Somebody'} invited you to {organizationName ?? 'Rollcall'}
        {roles.length > 0 && ` as ${listed.format(roles)}`}.
      </p>
      {message && (
        <blockquote className="mt-3 whitespace-pre-line break-words border-line-strong border-l-2 pl-4 text-ink-soft">
          {message}
        </blockquote>
      )}
    </div>
  );
}
