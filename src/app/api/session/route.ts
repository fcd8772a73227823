import { isSignedIn } from '@/server/auth/cookie';
import { unavailableResponse } from '@/server/database-unavailable';

/**
 * Whether the person whose page is open is still signed in, and nothing else. Asking is not using: the session is not
 * prolonged. Another person in the same browser is `no` as well.
 */
export async function GET(request: Request): Promise<Response> {
  try {
    const isAlive = await isSignedIn(new URL(request.url).searchParams.get('person') ?? '');
    return new Response(null, { status: isAlive ? 204 : 401, headers: { 'cache-control': 'private, no-store' } });
  } catch (error) {
    const unavailable = unavailableResponse(error);
    if (unavailable) return unavailable;
    throw error;
  }
}
