import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { publicPage } from '@/app/(public)/public-page';
import { SignInCard } from '@/features/account/components/sign-in-card';
import { UnknownOrganization } from '@/features/account/components/unknown-organization';
import { findSignInPage } from '@/features/account/sign-in.queries';
import { hrefWith, type SearchParams } from '@/lib/search-params';
import { answerStatus } from '@/server/page';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Sign in', robots: { index: false } };

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<SearchParams> };

export default publicPage(OrganizationSignInPage);

async function OrganizationSignInPage({ params, searchParams }: Props) {
  const can = await authorize('public');
  const { slug } = await params;
  const query = await searchParams;
  const signInPage = await findSignInPage(can, slug);
  if (signInPage.kind !== 'open') {
    await answerStatus(signInPage.kind === 'too many' ? 429 : 404);
    return <UnknownOrganization isBusy={signInPage.kind === 'too many'} next={query.next} />;
  }
  if (signInPage.slug !== slug) redirect(hrefWith({ path: `/o/${signInPage.slug}`, params: query }, {}));
  return <SignInCard can={can} params={query} organization={signInPage} />;
}
