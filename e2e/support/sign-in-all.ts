import { expect, type FullConfig, request } from '@playwright/test';
import { cast, demoPassword, type Role, sessionFile } from './people';

/** Signs everybody in once through the address of the form; the suites share the cookies. */
export default async function signInAll({ projects }: FullConfig) {
  const baseURL = projects[0]?.use.baseURL ?? '';
  const password = demoPassword();
  for (const role of Object.keys(cast) as Role[]) {
    const context = await request.newContext({ baseURL });
    const answer = await context.post('/api/auth/callback/credentials', {
      form: { email: cast[role], password },
      headers: { origin: baseURL },
      maxRedirects: 0,
    });
    expect(answer.status(), `sign-in of ${role}`).toBe(303);
    expect(answer.headers().location, `sign-in of ${role}`).not.toContain('error');
    await context.storageState({ path: sessionFile(role) });
    await context.dispose();
  }
}
