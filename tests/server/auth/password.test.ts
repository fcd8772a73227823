import { expect, test } from 'vitest';
import { makeLimit } from '@/server/auth/hashing-limit';
import { hashPassword, needsRehash, verifyPassword } from '@/server/auth/password';
import { Fail } from '@/server/fail';

test('the hash is argon2id with 19 MiB, two passes, one lane', async () => {
  expect((await hashPassword('seven quiet harbours')).passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test('a password matches exactly as typed, and nothing else does', async () => {
  const hash = await hashPassword('Seven quiet harbours ');
  expect(await verifyPassword(hash, 'Seven quiet harbours ')).toBe(true);
  for (const other of ['seven quiet harbours ', 'Seven quiet harbours', '', 'Seven quiet harbours  ']) {
    expect(await verifyPassword(hash, other), other).toBe(false);
  }
});

test('composed and decomposed spellings are one password', async () => {
  const hash = await hashPassword('caf\u00e9 au lait ce matin');
  expect(await verifyPassword(hash, 'cafe\u0301 au lait ce matin')).toBe(true);
});

test('characters after the 72nd byte count', async () => {
  const hash = await hashPassword(`${'x'.repeat(100)}a`);
  expect(await verifyPassword(hash, `${'x'.repeat(100)}b`)).toBe(false);
});

test('a missing account has no password, not even the empty one', async () => {
  expect(await verifyPassword(null, '')).toBe(false);
  expect(await verifyPassword(null, 'anything at all')).toBe(false);
});

test('more than 128 code points are never hashed', async () => {
  await expect(hashPassword('x'.repeat(129))).rejects.toThrow(Fail);
  const hash = await hashPassword('');
  expect(await verifyPassword(hash, 'x'.repeat(1_000_000))).toBe(false);
});

test('a hash with another cost needs a rehash', async () => {
  const stored = await hashPassword('seven quiet harbours');
  expect(needsRehash(stored)).toBe(false);
  expect(needsRehash({ ...stored, passwordHash: '$argon2id$v=19$m=4096,t=3,p=1$c2FsdHNhbHRzYWx0$aGFzaA' })).toBe(true);
});

const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

test('the hashing limit runs some, queues some of each lane and refuses the rest', async () => {
  const limit = makeLimit({ atOnce: 2, waiting: 3 });
  let running = 0;
  let most = 0;
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await pause();
    running -= 1;
  };
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => limit('stranger', work)));
  expect(most).toBe(2);
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(5);
  await limit('stranger', work);
});

test('known people wait for no stranger in the queue, and always have room', async () => {
  const limit = makeLimit({ atOnce: 1, waiting: 20 });
  const finished: string[] = [];
  const hash = (lane: 'known' | 'stranger') => limit(lane, pause).then(() => finished.push(lane));
  const strangers = Array.from({ length: 50 }, () => hash('stranger').catch(() => undefined));
  await Promise.all([hash('known'), hash('known')]);
  expect(finished).toEqual(['stranger', 'known', 'known']);
  await Promise.all(strangers);
  expect(finished).toHaveLength(23);
});

test('a stranger who waits gets a turn after four known people, however many there are', async () => {
  const limit = makeLimit({ atOnce: 1, waiting: 20 });
  const finished: string[] = [];
  const hash = (lane: 'known' | 'stranger') => limit(lane, pause).then(() => finished.push(lane));
  await Promise.all([...Array.from({ length: 8 }, () => hash('known')), hash('stranger')]);
  expect(finished.indexOf('stranger')).toBe(5);
});
