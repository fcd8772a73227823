import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { PanelFacts, PanelPart, RecordColumns } from '@/components/layout/record';
import { Card } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { Status } from '@/components/ui/status';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { emailLook } from '@/features/emails/components/email-look';
import { getEmail } from '@/features/emails/details.queries';
import { templateWords } from '@/features/emails/list.schema';
import { authorize, orNotFound } from '@/server/work';

export const metadata: Metadata = { title: 'Email' };

export default consolePage(EmailPage);

async function EmailPage({ params }: { params: Promise<{ id: string }> }) {
  const can = await authorize('emails.read');
  const email = await orNotFound(getEmail(can, (await params).id));
  const timeZone = can.timeZone;
  const isAboutInvitation = email.subjectType === 'invitation' && can.may('invitations.read');
  return (
    <>
      <PageHeader
        title={`${templateWords(email.template)} to ${email.toAddress}`}
        breadcrumbs={[{ label: 'Email log', href: '/emails' }, { label: email.toAddress }]}
        status={<Status {...emailLook(email.state)} />}
      />
      <RecordColumns
        panel={
          <PanelPart title="At a glance">
            <PanelFacts
              facts={[
                { term: 'State', value: <Status {...emailLook(email.state)} /> },
                { term: 'Sent', value: <Time at={email.sentAt} timeZone={timeZone} never="Not sent" /> },
                { term: 'Attempts', value: String(email.attempts) },
                {
                  term: 'About',
                  value: isAboutInvitation && (
                    <TextLink href={`/invitations/${email.subjectId}`}>The invitation</TextLink>
                  ),
                },
              ]}
            />
          </PanelPart>
        }
      >
        <Card>
          <DescriptionList
            items={[
              { term: 'To', value: email.toAddress },
              { term: 'Kind', value: templateWords(email.template) },
              { term: 'Organization', value: email.organization },
              { term: 'Written', value: <Time at={email.createdAt} timeZone={timeZone} exact /> },
              { term: 'Sent', value: <Time at={email.sentAt} timeZone={timeZone} never="Not sent" exact /> },
              { term: 'Attempts', value: String(email.attempts) },
              {
                term: email.isPostponed ? 'Leaves' : 'Next attempt',
                hint: email.isPostponed && 'It waits for its turn in the organization’s hourly emails.',
                value: email.state === 'pending' && <Time at={email.nextAttemptAt} timeZone={timeZone} exact />,
              },
              { term: 'What happened', value: email.lastError },
              { term: 'Server’s answer', value: email.response },
              {
                term: 'Message-ID',
                value: `<${email.messageId}>`,
                hint: 'Find the email in the mail server’s log by this.',
              },
            ]}
          />
        </Card>
      </RecordColumns>
    </>
  );
}
