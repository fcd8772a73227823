import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { publicPage } from '@/app/(public)/public-page';
import { PageHeader } from '@/components/layout/page-header';
import { Card } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { MailFrame } from '@/components/ui/mail-frame';
import { Time } from '@/components/ui/time';
import { readMailboxMail } from '@/server/mail/read-mailbox';
import { authorize, orNotFound } from '@/server/work';

export const metadata: Metadata = { title: 'Email', referrer: 'no-referrer', robots: 'noindex' };

export default publicPage(MailPage);

async function MailPage({ params }: { params: Promise<{ id: string }> }) {
  const can = await authorize('public');
  const mail = await orNotFound(readMailboxMail(can, (await params).id));
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <>
      <PageHeader
        title={mail.subject || 'No subject'}
        breadcrumbs={[{ label: 'Mailbox', href: '/mailbox' }, { label: mail.to.join(', ') }]}
      />
      <div className="grid gap-6">
        <Card>
          <DescriptionList
            items={[
              { term: 'To', value: mail.to.join(', ') },
              { term: 'From', value: mail.from },
              { term: 'Received', value: <Time at={mail.receivedAt} timeZone="UTC" exact /> },
            ]}
          />
        </Card>
        <Card title="As text">
          <div className="whitespace-pre-wrap break-words leading-6">{withLinks(mail.text)}</div>
        </Card>
        {mail.html && (
          <Card title="As HTML" description="As an email program shows it. Links work only in the text above.">
            <MailFrame title={`HTML of ${mail.subject}`} html={mail.html} nonce={nonce} />
          </Card>
        )}
        <Card title="Headers">
          <DescriptionList items={mail.headers.map(({ name, value }) => ({ term: name, value }))} />
        </Card>
      </div>
    </>
  );
}

function withLinks(text: string) {
  return text.split(/(https?:\/\/[^\s<>"]+)/).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no name but their place
      <a key={index} href={part} rel="noreferrer" className="text-accent-text underline underline-offset-[3px]">
        {part}
      </a>
    ) : (
      part
    ),
  );
}
