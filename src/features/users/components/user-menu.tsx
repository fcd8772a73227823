import { Menu, MenuDisabled, MenuForm, MenuLink } from '@/components/ui/menu';
import type { PlainAction } from '@/lib/form-state';
import { displayName } from '@/lib/names';
import { obstacleText } from '@/lib/obstacle-words';
import type { UserRow } from '../list-row-columns.queries';
import type { Reader } from './reader';

/** Both take the id of an invitation and where to go afterwards. */
export type InvitationActions = { resend: PlainAction; cancel: PlainAction };

type Props = { user: UserRow; reader: Reader; returnTo: string; forInvitations: InvitationActions };

export function UserMenu(props: Props) {
  return props.user.status === 'invited' ? <InvitedMenu {...props} /> : <MemberMenu {...props} />;
}

function InvitedMenu({ user, reader, returnTo, forInvitations }: Props) {
  const [invitation, ...others] = user.invitations;
  const only = others.length === 0 ? invitation : undefined;
  const fields = { id: only?.id ?? '', returnTo };
  return (
    <Menu label={`Actions for ${displayName(user)}`}>
      {user.href && (
        <MenuLink href={user.href} icon="eye">
          View
        </MenuLink>
      )}
      {only?.isOnHold && (
        <MenuLink href={`/invitations/${only.id}`} icon="circle-check">
          Confirm…
        </MenuLink>
      )}
      {only && !only.isOnHold && (
        <MenuForm action={forInvitations.resend} fields={fields} icon="send">
          Resend invitation
        </MenuForm>
      )}
      {only && (
        <MenuForm action={forInvitations.cancel} fields={fields} icon="ban" tone="bad">
          Cancel invitation
        </MenuForm>
      )}
      {!only && !user.isInvitation && reader.seesInvitations && (
        <MenuLink href={`/invitations?show=all&q=${encodeURIComponent(user.email)}`} icon="send">
          See invitations
        </MenuLink>
      )}
    </Menu>
  );
}

function MemberMenu({ user, reader }: Props) {
  const deactivation = `/users/${user.id}/deactivation`;
  const isSelf = user.id === reader.id;
  return (
    <Menu label={`Actions for ${displayName(user)}`}>
      <MenuLink href={`/users/${user.id}`} icon="eye">
        View
      </MenuLink>
      {reader.mayUpdate && isSelf && (
        <MenuDisabled icon="pencil" reason="This is your own account.">
          Edit
        </MenuDisabled>
      )}
      {reader.mayUpdate && !isSelf && user.status !== 'archived' && (
        <MenuLink href={`/users/${user.id}/edit`} icon="pencil" data-shortcut="e">
          Edit
        </MenuLink>
      )}
      {reader.mayResetPasswords && !isSelf && user.status === 'active' && (
        <MenuLink href={`/users/${user.id}/password-reset`} icon="key">
          Send password reset
        </MenuLink>
      )}
      {reader.mayDeactivate && isSelf && (
        <MenuDisabled icon="ban" reason="This is your own account.">
          Deactivate
        </MenuDisabled>
      )}
      {reader.mayDeactivate && !isSelf && user.status === 'active' && (
        <MenuLink href={deactivation} icon="ban" tone="bad">
          Deactivate
        </MenuLink>
      )}
      {reader.mayDeactivate && user.isEndedByPlatform && (
        <MenuDisabled icon="rotate-ccw" reason={obstacleText.ended_by_platform}>
          Reactivate
        </MenuDisabled>
      )}
      {reader.mayDeactivate && user.status === 'inactive' && !user.isEndedByPlatform && (
        <MenuLink href={deactivation} icon="rotate-ccw">
          Reactivate
        </MenuLink>
      )}
    </Menu>
  );
}
