import { inject, test } from 'vitest';
import { type ActionPolicy, actions } from './policy';
import { callAction, postForm } from './support/call';
import { goodForm, makeReady, someoneWhoMay } from './support/cases';
import { findActions } from './support/entry-points';
import { makeVerdicts } from './support/judge';
import { changedTables, fingerprint, newBugs, watchRows } from './support/rows';

const world = inject('world');
const { url } = inject('access');
const { host, port } = new URL(url);
const built = findActions().map(({ name }) => name);
watchRows();

/** Where a request can claim to come from. Only our own pages may change anything. */
const claims: { name: string; headers: Record<string, string>; isOurs?: true }[] = [
  { name: 'our origin', headers: { origin: url }, isOurs: true },
  { name: 'the browser says same origin', headers: { 'sec-fetch-site': 'same-origin' }, isOurs: true },
  { name: 'nothing', headers: {} },
  { name: 'null', headers: { origin: 'null' } },
  { name: 'foreign', headers: { origin: 'https://evil.example' } },
  { name: 'foreign and forwarded', headers: { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' } },
  { name: 'forwarded twice', headers: { origin: 'https://evil.example', 'x-forwarded-host': `evil.example, ${host}` } },
  { name: 'Forwarded', headers: { origin: 'https://evil.example', forwarded: 'host=evil.example' } },
  { name: 'https', headers: { origin: `https://${host}` } },
  { name: 'another port', headers: { origin: 'http://127.0.0.1:1' } },
  { name: 'another name of this machine', headers: { origin: `http://localhost:${port}` } },
  { name: 'ours as a prefix', headers: { origin: `${url}.evil.example` } },
  { name: 'ours as a user', headers: { origin: `http://${host}@evil.example` } },
  { name: 'cross-site', headers: { 'sec-fetch-site': 'cross-site' } },
  { name: 'same-site', headers: { 'sec-fetch-site': 'same-site' } },
  { name: 'typed by a person', headers: { 'sec-fetch-site': 'none' } },
  { name: 'referer', headers: { referer: `${url}/users` } },
];

test.each(built)('%s', async (name) => {
  const policy = actions[name] as ActionPolicy;
  const [actor, target] = someoneWhoMay(policy);
  const verdicts = makeVerdicts();
  const fields = goodForm(policy, target);
  await makeReady(policy);
  for (const { name: claim, headers, isOurs } of claims) {
    for (const send of [callAction, postForm]) {
      const before = await fingerprint();
      const answer = await send(name, fields, { cookie: world.people[actor].cookie, headers });
      const changed = changedTables(before, await fingerprint());
      const cell = `${name} × ${claim}${send === postForm ? ' × form' : ''}`;
      verdicts.say(
        cell,
        isOurs && changed.length === 0 && `changed nothing: ${answer.status} ${answer.words}`,
        !isOurs && changed.length > 0 && `changed ${changed.join(', ')}`,
        // Next itself answers 500 to some of these, before Rollcall is asked.
        !isOurs &&
          send === callAction &&
          answer.outcome !== 'refused' &&
          answer.status !== 500 &&
          `was ${answer.outcome}: ${answer.status}`,
        /evil\.example/.test(answer.location ?? '') && `leads to ${answer.location}`,
      );
      if (changed.length > 0) await makeReady(policy);
    }
  }
  newBugs();
  verdicts.check();
});
