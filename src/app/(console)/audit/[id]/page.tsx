import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { Card } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { Diff } from '@/components/ui/diff';
import { Time } from '@/components/ui/time';
import { Actor } from '@/features/audit/components/actor';
import { Place } from '@/features/audit/components/place';
import { Subject } from '@/features/audit/components/subject';
import { getAuditEvent } from '@/features/audit/details.queries';
import { actionWords } from '@/lib/audit-actions';
import { detailOf, spokenChanges } from '@/lib/audit-words';
import { authorize, orNotFound } from '@/server/work';

export const metadata: Metadata = { title: 'Audit event' };

export default consolePage(AuditEventPage);

async function AuditEventPage({ params }: { params: Promise<{ id: string }> }) {
  const can = await authorize('audit.read');
  const event = await orNotFound(getAuditEvent(can, (await params).id));
  const timeZone = can.timeZone;
  const changes = spokenChanges(event.body, event.names, timeZone);
  return (
    <>
      <PageHeader
        title={actionWords(event.action)}
        breadcrumbs={[{ label: 'Audit log', href: '/audit' }, { label: actionWords(event.action) }]}
      />
      <div className="grid items-start gap-5 beside:grid-cols-[minmax(0,1fr)_24rem]">
        <Card title="What happened">
          <DescriptionList
            items={[
              { term: 'Action', value: <code>{event.action}</code> },
              { term: 'When', value: <Time at={event.at} timeZone={timeZone} exact /> },
              { term: 'By', value: <Actor row={event} /> },
              { term: 'To', value: <Subject row={event} /> },
              { term: 'Organization', value: <Place row={event} /> },
              { term: 'Reason', value: detailOf(event.body, 'reason') ?? '—' },
              { term: 'From address', value: detailOf(event.body, 'ip') ?? '—' },
              { term: 'Request', value: <code>{event.requestId ?? '—'}</code> },
              {
                term: 'Sealed',
                value: event.isSealed ? 'Yes. Any later change would be detected' : 'Within two seconds',
              },
            ]}
          />
        </Card>
        <Card title="Before and after">
          {changes.length > 0 ? (
            <Diff changes={changes} />
          ) : (
            <p className="text-ink-soft">
              {event.isForgotten ? 'The details were erased when the person was forgotten.' : 'No values were changed.'}
            </p>
          )}
        </Card>
      </div>
    </>
  );
}
