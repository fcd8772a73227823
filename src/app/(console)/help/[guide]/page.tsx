import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { consolePage } from '@/app/(console)/console-page';
import { listSupportContacts } from '@/features/account/access.queries';
import { GuideText } from '@/features/help/components/guide-text';
import { HelpFrame } from '@/features/help/components/help-frame';
import { SupportContacts } from '@/features/help/components/org-admin-list';
import { Support } from '@/features/help/components/support';
import { findGuide, isPublic } from '@/features/help/guides.queries';
import { ownSignInPath } from '@/server/auth/sign-in-path';
import { viewer } from '@/server/viewer';
import { authorize } from '@/server/work';

type Props = { params: Promise<{ guide: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: findGuide((await params).guide)?.title ?? 'Help' };
}

export default consolePage(GuidePage);

async function GuidePage({ params }: Props) {
  await authorize('public');
  const guide = findGuide((await params).guide);
  if (!guide) notFound();
  const reader = await viewer();
  const own = reader?.as('account.own') ?? null;
  if (!isPublic(guide) && !own) redirect(`${await ownSignInPath()}?next=/help/${guide.slug}`);
  return (
    <HelpFrame reader={reader}>
      <GuideText guide={guide}>
        {guide.slug === 'whom-to-ask' && own && <SupportContacts contacts={await listSupportContacts(own)} />}
      </GuideText>
      <Support />
    </HelpFrame>
  );
}
