import { TextLink } from '@/components/ui/text-link';
import type { AuditRow } from '../list.queries';

export function Place({ row: { organization, organizationPath } }: { row: AuditRow }) {
  if (!organizationPath) return organization ?? '—';
  return (
    <TextLink quiet href={organizationPath}>
      {organization}
    </TextLink>
  );
}
