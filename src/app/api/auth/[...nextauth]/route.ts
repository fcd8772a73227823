import { notFoundAnswer, signInRoute, signOutRoute } from '@/features/account/sign-in.service';

type Context = { params: Promise<{ nextauth: string[] }> };

/** Exposes only these two of the routes that next-auth offers. */
export async function POST(request: Request, context: Context): Promise<Response> {
  const path = (await context.params).nextauth.join('/');
  if (path === 'callback/credentials') return signInRoute(request);
  if (path === 'signout') return signOutRoute(request);
  return notFoundAnswer();
}

export const GET = notFoundAnswer;
