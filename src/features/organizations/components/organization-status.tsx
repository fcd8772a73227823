import { Badge } from '@/components/ui/badge';

/** The three words of an organization's status, the same everywhere. */
export function OrganizationStatus({ status }: { status: 'active' | 'inactive' | 'archived' }) {
  return (
    <Badge tone={status === 'active' ? 'good' : status === 'inactive' ? 'bad' : 'neutral'} dot>
      {words[status]}
    </Badge>
  );
}

const words = { active: 'Active', inactive: 'Inactive', archived: 'Archived' };
