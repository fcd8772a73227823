import { parseArgs } from 'node:util';
import { withClient } from '@/server/db/cluster';
import { withTls } from '@/server/db/tls';
import { env } from '@/server/env';
import { refusal } from './seed/guard';
import { makeWorld, seconds, vacuum } from './seed/world';

/**
 * `npm run seed -- --users N [--seed S] [--url postgresql://owner…]` makes a believable world of N people.
 * scripts/seed.mjs sets the environment. A million people take some minutes; nobody else can use the tables meanwhile.
 */
const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    url: { type: 'string' },
  },
});
const users = Number(values.users);
const seed = Number(values.seed);
const url = values.url ? withTls(values.url) : env().MIGRATE_DATABASE_URL;

try {
  if (!Number.isInteger(users) || users < 20 || users > 5_000_000) {
    throw new Error('Say how many people, from 20 to 5000000: npm run seed -- --users 10000');
  }
  if (!Number.isInteger(seed))
    throw new Error('Use a whole number as the seed: npm run seed -- --users 10000 --seed 7');
  if (!url) throw new Error('Set MIGRATE_DATABASE_URL to the database, with the role that owns the tables.');
  await withClient(url, async (client) => {
    const reason = await refusal(client, env().NODE_ENV === 'production');
    if (reason) throw new Error(reason);
    const begun = performance.now();
    const figures = await makeWorld(client, { users, seed, say });
    const vacuuming = performance.now();
    await vacuum(client);
    say(`${'Vacuum and analyze'.padEnd(22)} ${seconds(vacuuming)}\n`);
    for (const [what, rows] of Object.entries(figures)) {
      say(`${what.padEnd(22)} ${rows.toLocaleString('en').padStart(10)}`);
    }
    say(`\nSeeded in ${seconds(begun).trim()}.`);
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function say(line: string) {
  process.stdout.write(`${line}\n`);
}
