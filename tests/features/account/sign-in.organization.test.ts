import { testDatabase } from '@tests/support/database';
import { makeOrganization } from '@tests/support/factories';
import { makePerson, requestFrom, testPassword } from '@tests/support/sign-in';
import { describe, expect, test } from 'vitest';
import { findSignInPage } from '@/features/account/sign-in.queries';
import { signInRoute } from '@/features/account/sign-in.service';
import { slugGuessLimits } from '@/lib/limits';
import { readsOn } from '@/server/db/statements';

const { db } = await testDatabase();
const origin = 'http://127.0.0.1:3000';

const stranger = (ip = '192.0.2.1') => ({ ...readsOn(db), actor: null, request: requestFrom(ip) });

function post(fields: Record<string, string>, cookie = '') {
  const body = new URLSearchParams(fields);
  return signInRoute(new Request(`${origin}/api/auth/x`, { method: 'POST', body, headers: { origin, cookie } }));
}

const signInPageOf = (response: Response) =>
  response.headers.getSetCookie().find((value) => value.startsWith('rollcall.door='));

describe("an organization's own address", () => {
  test.each(['acme', 'ACME', ' Acme ', 'acme%20', '%41cme'])('is found as %j', async (typed) => {
    await makeOrganization(db, { name: 'Acme Corp', slug: 'acme' });
    expect(await findSignInPage(stranger(), typed)).toEqual({ kind: 'open', name: 'Acme Corp', slug: 'acme' });
  });

  test.each(['acm', 'acme-', 'acme/x', 'a\0', '%00', '%', '', '__proto__', 'x'.repeat(5000)])(
    'is not found as %j',
    async (typed) => {
      await makeOrganization(db, { slug: 'acme' });
      expect(await findSignInPage(stranger(), typed)).toEqual({ kind: 'none' });
    },
  );

  test('looks the same for an inactive organization as for none', async () => {
    const { slug } = await makeOrganization(db, { status: 'inactive' });
    const archived = await makeOrganization(db);
    await db.organization.update({ where: { id: archived.id }, data: { status: 'archived' } });
    const none = await findSignInPage(stranger(), 'nobody-has-this');
    expect(await findSignInPage(stranger(), slug)).toEqual(none);
    expect(await findSignInPage(stranger(), archived.slug)).toEqual(none);
  });

  test('is refused for an hour to a source that tried too many unknown slugs', async () => {
    await makeOrganization(db, { slug: 'acme' });
    const guesser = stranger('2001:db8:1:2::3');
    for (let n = 0; n < slugGuessLimits.missesPerSource; n += 1) await findSignInPage(guesser, `-${n}`);
    expect(await findSignInPage(guesser, 'acme')).toEqual({ kind: 'too many' });
    expect(await findSignInPage(stranger('2001:db8:1:2::ffff'), 'acme')).toEqual({ kind: 'too many' });
    expect(await findSignInPage(stranger('2001:db8:1:3::3'), 'acme')).toMatchObject({ kind: 'open' });
    expect(await findSignInPage(guesser, 'acme', Date.now() + slugGuessLimits.windowMs)).toMatchObject({
      kind: 'open',
    });
  });
});

describe('signing in there', () => {
  test('works for everybody, member or not, and the page is remembered', async () => {
    const person = await makePerson(db);
    const response = await post({ email: person.email, password: testPassword, organization: 'Acme ', next: '/help' });
    expect(response.headers.get('location')).toBe('/help');
    expect(signInPageOf(response)).toMatch(/^rollcall\.door=acme; Path=\/;.*HttpOnly; SameSite=lax$/i);
  });

  test('returns to the same page after a refusal', async () => {
    const response = await post({ email: 'x@y.example', password: 'wrong', organization: 'acme', next: '/users' });
    expect(response.headers.get('location')).toBe('/o/acme?error=1&next=%2Fusers');
    expect(response.headers.getSetCookie().join()).toContain('rollcall.typed=x%40y.example; Path=/o/acme;');
    expect(signInPageOf(response)).toBeUndefined();
  });

  test('never redirects elsewhere, whatever slug is sent', async () => {
    for (const organization of ['/evil.example', '//evil.example', '..', 'a/../../x', '\\evil', 'a?b', 'a#b', 'ä']) {
      const response = await post({ email: 'x@y.example', password: 'wrong', organization });
      expect(response.headers.get('location')).toBe('/sign-in?error=1');
    }
  });

  test('is no longer remembered after signing in on the general page', async () => {
    const person = await makePerson(db);
    const response = await post({ email: person.email, password: testPassword }, 'rollcall.door=acme');
    expect(signInPageOf(response)).toMatch(/^rollcall\.door=;.*Max-Age=0/);
  });
});
