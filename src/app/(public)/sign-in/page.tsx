import type { Metadata } from 'next';
import { publicPage } from '@/app/(public)/public-page';
import { SignInCard } from '@/features/account/components/sign-in-card';
import type { SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Sign in' };

export default publicPage(SignInPage);

async function SignInPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('public');
  return <SignInCard can={can} params={await searchParams} />;
}
