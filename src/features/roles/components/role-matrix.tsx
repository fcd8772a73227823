import { Icon } from '@/components/ui/icon';
import { TextLink } from '@/components/ui/text-link';
import type { CatalogPermission, RoleWithPermissions } from '../list.queries';

type Props = { roles: RoleWithPermissions[]; permissions: CatalogPermission[] };

/** Which role has which permission. Its box scrolls both ways; the roles and the permissions stay in sight. */
export function RoleMatrix({ roles, permissions }: Props) {
  const areas = Map.groupBy(permissions, ({ area }) => area);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by keyboard
    <section aria-label="Permissions by role" tabIndex={0} className="matrix-box">
      <table className="matrix">
        <caption className="sr-only">Permissions by role</caption>
        <thead>
          <tr>
            <td />
            {roles.map(({ key, name }) => (
              <th key={key} scope="col">
                <span title={name}>
                  <TextLink quiet href={`/roles/${key}`}>
                    {name}
                  </TextLink>
                </span>
              </th>
            ))}
          </tr>
        </thead>
        {[...areas].map(([area, members]) => (
          <tbody key={area}>
            <tr>
              <th scope="rowgroup" className="matrix-area">
                {area}
              </th>
              <td colSpan={roles.length} />
            </tr>
            {members.map(({ key, description }) => (
              <tr key={key}>
                <th scope="row">
                  {description}
                  <code className="block text-ink-soft text-xs">{key}</code>
                </th>
                {roles.map((role) => (
                  <Granted key={role.key} isGranted={role.permissions.includes(key)} />
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

function Granted({ isGranted }: { isGranted: boolean }) {
  return (
    <td data-granted={isGranted || undefined}>
      {isGranted && <Icon name="check" className="mx-auto size-4" />}
      <span className="sr-only">{isGranted ? 'Yes' : 'No'}</span>
    </td>
  );
}
