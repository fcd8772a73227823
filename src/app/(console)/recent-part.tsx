import { PanelPart } from '@/components/layout/record';
import { TextLink } from '@/components/ui/text-link';
import { RecentEvents } from '@/features/audit/components/recent-events';
import { listAuditEvents } from '@/features/audit/list.queries';
import { readAuditFilter } from '@/features/audit/list.schema';
import type { Can } from '@/server/work';

type Props = { can: Can; about: { subject?: string; organization?: string }; href: string };

/** The last three events of a record, for its panel; for readers of the audit log alone. */
export async function RecentPart({ can, about, href }: Props) {
  const auditor = can.as('audit.read');
  if (!auditor) {
    return (
      <PanelPart title="Last changes">
        <p className="text-ink-soft">They are in the audit log, which is not open to you.</p>
      </PanelPart>
    );
  }
  const { rows } = await listAuditEvents(auditor, readAuditFilter(about), 3);
  return (
    <PanelPart title="Last changes" more={<TextLink href={href}>All</TextLink>}>
      <RecentEvents rows={rows} timeZone={can.timeZone} nobody="Nothing has changed yet." />
    </PanelPart>
  );
}
