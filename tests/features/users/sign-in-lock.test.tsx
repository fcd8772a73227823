import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test, vi } from 'vitest';
import { SignInLockNotice } from '@/features/users/components/sign-in-lock';
import type { UserRecord } from '@/features/users/details.queries';
import type { SignInLock } from '@/server/auth/sign-in-lock';

vi.mock('@/features/users/sign-in-help.actions', () => ({ unlockUserAction: async () => undefined }));

const user = { id: '0199', email: 'ada@acme.example', firstName: 'Ada', lastName: 'Kim' } as UserRecord;
const until = new Date('2026-11-21T14:05:00Z');
const may = { obstacle: null };

const page = (lock: SignInLock | null, unlocking: { obstacle: 'outranked' | null } | null) =>
  renderToStaticMarkup(<SignInLockNotice user={user} timeZone="UTC" lock={lock} unlocking={unlocking} />);
const text = (markup: string) => markup.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

test('a lock says until when, why, and that known devices still work', () => {
  const markup = page({ until, failures: 7 }, may);
  expect(markup).toContain('dateTime="2026-11-21T14:05:00.000Z"');
  expect(text(markup)).toMatch(/Sign-in is locked until Nov 21, 2026, 14:05:00/);
  expect(text(markup)).toContain('There were 7 wrong passwords in a row. Each further one makes the wait longer');
  expect(text(markup)).toContain('On a device where Ada Kim has signed in before, they can still sign in.');
  expect(text(markup)).toContain('Unlock');
});

test('a lock without an end says what ends it', () => {
  const words = text(page({ until: null, failures: 100 }, may));
  expect(words).toContain('It stays locked until somebody unlocks it or Ada Kim chooses a new password.');
});

test('who may not unlock sees the reason, or no button at all', () => {
  const words = text(page({ until, failures: 5 }, { obstacle: 'outranked' }));
  expect(words).toContain('This person has the same power as you or more.');
  expect(words).not.toContain('Unlock');
  expect(text(page({ until, failures: 5 }, null))).not.toContain('Unlock');
});

test('nothing is shown while nothing is locked', () => {
  expect(page(null, may)).toBe('');
});
