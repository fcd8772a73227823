import { type Column, DataTable } from '@/components/table/data-table';
import { Badge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import { Time } from '@/components/ui/time';
import type { Address } from '@/lib/search-params';
import type { OwnSignIn } from '../sessions.queries';

// The account's owner sees the reason that the sign-in page hides from strangers.
const results: Record<string, string> = {
  password_expired: 'Initial password expired',
  wrong_password: 'Wrong password',
  throttled: 'Refused after too many attempts',
  busy: 'Not checked, too many people were signing in',
  no_password: 'Refused: no password yet',
  invited: 'Refused: not activated yet',
  inactive: 'Refused: deactivated',
  archived: 'Refused: archived',
};

export function SignInTable({ rows, address, timeZone }: { rows: OwnSignIn[]; address: Address; timeZone: string }) {
  const columns: Column<OwnSignIn>[] = [
    { key: 'at', header: 'When', cell: (row) => <Time at={row.at} timeZone={timeZone} exact /> },
    {
      key: 'result',
      header: 'Result',
      cell: (row) => (
        <Badge tone={row.result === 'signed_in' ? 'good' : 'warn'} dot>
          {row.result === 'signed_in' ? 'Signed in' : (results[row.result] ?? 'Refused')}
        </Badge>
      ),
    },
    { key: 'device', header: 'Browser', cell: (row) => row.device, text: (row) => row.device },
    { key: 'ip', header: 'Address', cell: (row) => row.ip ?? 'Unknown', text: (row) => row.ip ?? 'Unknown' },
  ];
  return (
    <DataTable
      caption="Sign-ins to your account, newest first"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowLabel={(row) => row.at.toISOString()}
      address={address}
      empty={
        <EmptyState kind="nothing-yet" title="No sign-in yet">
          You signed in through your invitation. Later attempts to sign in will be listed here.
        </EmptyState>
      }
    />
  );
}
