import { dictionary } from '@zxcvbn-ts/language-common';
import { expect, test } from 'vitest';
import { passwordProblems } from '@/lib/password-policy';

const fine = (password: string, words: string[] = []) =>
  expect(passwordProblems(password, words), password).toEqual([]);
const refused = (password: string, reason: RegExp, words: string[] = []) =>
  expect(passwordProblems(password, words).join(' '), password).toMatch(reason);

test('length counts code points: fifteen are enough, fourteen are not', () => {
  fine('correct horse b');
  refused('correct horse ', /at least 15/);
  const faces = '😀🐎🔋📎🌵🚲🎻🧭🪁🧊🍋🪵🧦🛶🪀';
  fine(faces);
  refused([...faces].slice(1).join(''), /at least 15/);
});

test('128 code points are allowed, 129 are not', () => {
  const long = 'The quick onyx goblin jumps over a lazy dwarf. '.repeat(9);
  fine([...long.slice(0, 40), ...Array.from({ length: 88 }, (_, n) => String.fromCodePoint(0x4e00 + n))].join(''));
  refused('x'.repeat(129), /at most 128/);
});

test('twenty lowercase letters are enough: there are no rules about kinds of characters', () =>
  fine('tvqkzojrwpmxhyngbedc'));

test('every common password that is long enough is refused', () => {
  const list: readonly string[] = dictionary['passwords-common'];
  const long = list.filter((word) => [...word].length >= 15);
  expect(long.length).toBeGreaterThan(20);
  for (const word of long) expect(passwordProblems(word), word).not.toEqual([]);
});

test('each of the first 3000 common passwords is refused, also when made longer with digits', () => {
  const list: readonly string[] = dictionary['passwords-common'].slice(0, 3000);
  for (const word of list) {
    expect(passwordProblems(word), word).not.toEqual([]);
    if (/\D$/.test(word)) expect(passwordProblems(`${word}1234567890123456`), word).not.toEqual([]);
  }
});

test.each(['passwordpassword', 'abc123abc123abc123', 'aaaaaaaaaaaaaaaaaaaa', 'Acme2026!Acme2026'])(
  'repetition is refused: %s',
  (password) => refused(password, /repeats|first/),
);

test.each(['abcdefghijklmnop', 'qwertyuiopasdfghjkl', '1234567890123456', 'zyxwvutsrqponmlk'])(
  'runs are refused: %s',
  (password) => refused(password, /keyboard|first/),
);

test.each(['robin.tester@acme.example', 'RobinTester2026!!', 'Rollcall-Rollcall-Acme', 'Acme Corp 2026 Robin'])(
  'passwords made of own words are refused: %s',
  (password) => refused(password, /your name|repeats/, ['robin.tester@acme.example', 'Robin', 'Tester', 'Acme Corp']),
);

test('an own word inside a longer password is allowed', () => fine('Robin keeps eleven geese', ['Robin', 'Tester']));
