import { spawn } from 'node:child_process';
import { callAction } from '../call';
import { findActions } from '../entry-points';
import { type Answer, ask, normalise, type Request } from './answers';
import type { Answers } from './crawl';
import type { Move } from './moves';
import type { World, Worlds } from './servers';
import type { Reader } from './worlds';

/** What happened in one world, in order: answers, the pages they lead to, and mails. */
export function recorder(world: World, knownIds: Set<string>) {
  const answers: Answers = new Map();
  const note = (name: string, answer: Answer) =>
    answers.set(name, { request: { path: name }, answer: { ...answer, plain: withoutTones(answer.plain) } });
  const mailed = new Set(knownIds);
  return {
    answers,
    /** Sends a form, notes the answer, the page it leads to and the mails it wrote, and returns where it leads. */
    async send({ name, action, by, fields }: Move, readers: Worlds['first']['readers']): Promise<string | null> {
      const { cookie } = readers[by];
      const path = findActions().find((each) => each.name === action)?.path ?? '/';
      const sent = await callAction(action, fields, {
        path: `${world.url}${path}`,
        cookie,
        headers: { origin: world.url },
      });
      note(name, normalise(sent, sent.text, world.url));
      note(`${name}: mails`, await newMails(world, mailed));
      const target = (sent.headers.get('x-action-redirect') ?? '').replace(/;.*/, '');
      if (!target.startsWith('/')) return null;
      note(`${name}: page`, (await ask(world.url, cookie, { path: target })).answer);
      return target;
    },
    async look(name: string, { cookie }: Reader, request: Request): Promise<string> {
      const { answer, text } = await ask(world.url, cookie, request);
      note(name, answer);
      return text;
    },
    async mails(name: string) {
      note(name, await newMails(world, mailed));
    },
    note,
  };
}

/** The colour of a picture comes from the end of an id, and those of new people are random. */
const withoutTones = (text: string) => text.replaceAll(/(\bavatar-|"tone\\*":)\d/g, '$1n');

/**
 * Mails of the outbox that are not known yet. A link for a new address tells only the owner of that address whether it
 * is taken, so that may differ.
 */
async function newMails({ sql, url }: World, known: Set<string>): Promise<Answer> {
  const { rows } = await sql.query<{ id: string; mail: string }>(
    `SELECT id, (to_jsonb(e) - 'id' - 'message_id' #- '{params,isTaken}')::text AS mail FROM email e ORDER BY created_at, id`,
  );
  const fresh = rows.filter(({ id }) => !known.has(id));
  for (const { id } of fresh) known.add(id);
  const headers = new Headers({ 'content-type': 'application/json' });
  return normalise({ status: 200, headers }, fresh.map(({ mail }) => mail).join('\n'), url);
}

/** Runs the queued jobs on plans, as a worker would. */
export async function workQueue({ sql, settings }: World) {
  const { rows } = await sql.query<{ name: string; id: string }>(
    `DELETE FROM pgboss.job WHERE data ? 'id' AND name ~ '^(imports|invitations)\\.' RETURNING name, data->>'id' AS id`,
  );
  for (const { name, id } of rows) {
    const { TEST_CLOCK: _clock, NODE_OPTIONS: _options, ...env } = settings;
    const child = spawn(process.execPath, ['--import', 'tsx', 'tests/support/import-worker.ts', name, id], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const code = await new Promise((resolve) => child.once('exit', resolve));
    if (code !== 0) throw new Error(`The job ${name} failed.`);
  }
}
