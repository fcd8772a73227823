import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cleanConsole } from '@/server/clean-console';
import { env } from '@/server/env';

const { error, warn } = console;
let lines: string[] = [];

beforeEach(() => {
  lines = [];
  env().LOG_LEVEL = 'info';
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
  cleanConsole();
});

afterEach(() => {
  Object.assign(console, { error, warn });
  env().LOG_LEVEL = 'silent';
});

test('what a framework writes to the console goes to the log without links, addresses and values', () => {
  console.error(' ⨯', new Error('Failed to handle /reset-password/dGhlLXRva2Vu for ada@example.org'));
  console.warn('Request body exceeded 10MB for /activate/dGhlLXRva2Vu.', { email: 'ada@example.org' });
  const written = lines.map((line) => JSON.parse(line) as { event: string; level: string; text: string });
  expect(written.map(({ level, event }) => [level, event])).toEqual([
    ['error', 'console'],
    ['warn', 'console'],
  ]);
  expect(written[0]?.text).toMatch(/Error: Failed to handle … for …\n\s+at .*clean-console\.test/);
  expect(written[1]?.text).toBe('Request body exceeded 10MB for … object');
});

test('a form that cannot be read is not written there: its refusal is logged once', () => {
  console.error(new Error('Failed to find Server Action "x".'));
  expect(lines).toEqual([]);
});
