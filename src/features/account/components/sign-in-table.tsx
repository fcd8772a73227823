import { type Column, DataTable } from '@/components/table/data-table';
import { exactValue } from '@/components/table/values';
import { EmptyState } from '@/components/ui/empty-state';
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
    { key: 'at', header: 'When', kind: 'time', value: (row) => exactValue(row.at, timeZone) },
    {
      key: 'result',
      header: 'Result',
      kind: 'status',
      value: ({ result }) =>
        result === 'signed_in'
          ? { tone: 'good', word: 'Signed in' }
          : { tone: 'warn', word: results[result] ?? 'Refused' },
    },
    { key: 'device', header: 'Browser', kind: 'text', value: (row) => row.device },
    { key: 'ip', header: 'Address', kind: 'text', value: (row) => row.ip ?? 'Unknown' },
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
