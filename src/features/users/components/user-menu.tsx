import { Menu, MenuDisabled, MenuLink } from '@/components/ui/menu';
import { displayName } from '@/lib/names';
import { obstacleText } from '@/lib/obstacle-words';
import type { UserRow } from '../list-rows.queries';
import type { Reader } from './reader';

export function UserMenu({ user, reader }: { user: UserRow; reader: Reader }) {
  const deactivation = `/users/${user.id}/deactivation`;
  const archive = `/users/${user.id}/archive`;
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
      {user.status === 'invited' && reader.seesInvitations && (
        <MenuLink href={`/invitations?show=all&q=${encodeURIComponent(user.email)}`} icon="send">
          See or resend invitation
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
      {reader.mayDeactivate && user.status === 'inactive' && user.isEndedByPlatform && (
        <MenuDisabled icon="rotate-ccw" reason={obstacleText.ended_by_platform}>
          Reactivate
        </MenuDisabled>
      )}
      {reader.mayDeactivate && user.status === 'inactive' && !user.isEndedByPlatform && (
        <MenuLink href={deactivation} icon="rotate-ccw">
          Reactivate
        </MenuLink>
      )}
      {reader.mayArchive && !isSelf && (user.status === 'active' || user.status === 'inactive') && (
        <MenuLink href={archive} icon="archive" tone="bad">
          Archive user
        </MenuLink>
      )}
      {reader.mayArchive && user.status === 'archived' && user.isEndedByPlatform && (
        <MenuDisabled icon="archive-restore" reason={obstacleText.archived_by_platform}>
          Restore
        </MenuDisabled>
      )}
      {reader.mayArchive && user.status === 'archived' && !user.isEndedByPlatform && (
        <MenuLink href={archive} icon="archive-restore">
          Restore
        </MenuLink>
      )}
    </Menu>
  );
}
