import { inject, test } from 'vitest';
import { type ActionPolicy, actions } from './policy';
import { callQuietly } from './support/batch';
import { callAction, postForm } from './support/call';
import { goodForm, makeReady, makeReadyAndFingerprint, someoneWhoMay } from './support/cases';
import { findActions } from './support/entry-points';
import { share } from './support/extent';
import { changedTables, fingerprint, newBugs, watchRows } from './support/rows';
import { makeVerdicts } from './support/verdicts';

const world = inject('world');
const { url } = inject('access');
const { host, port } = new URL(url);
const built = findActions().map(({ name }) => name);
watchRows();

/** Where a request can claim to come from. Only Rollcall's own pages may change anything. */
type Claim = { name: string; headers: Record<string, string> };

const ours: Claim[] = [
  { name: 'our origin', headers: { origin: url } },
  { name: 'the browser says same origin', headers: { 'sec-fetch-site': 'same-origin' } },
];

const foreign: Claim[] = [
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

type Way = Claim & { send: typeof callAction };
const waysOf = (claims: Claim[]): Way[] =>
  claims.flatMap((claim) => [callAction, postForm].map((send) => ({ ...claim, send })));

test.each(built.map((name, n) => [name, n] as const))('%s', async (name, n) => {
  const policy = actions[name] as ActionPolicy;
  const [actor, target] = someoneWhoMay(policy);
  const verdicts = makeVerdicts();
  const fields = goodForm(policy, target);
  const { cookie } = world.people[actor];
  const nameOf = ({ name: claim, send }: Way) => `${name} × ${claim}${send === postForm ? ' × form' : ''}`;

  await makeReady(policy);
  const cells = waysOf(share(foreign, 3, n)).map((way) => ({
    cell: nameOf(way),
    actor,
    denials: null,
    call: async () => {
      const answer = await way.send(name, fields, { cookie, headers: way.headers });
      verdicts.say(
        nameOf(way),
        answer.status !== 403 && `was ${answer.outcome}: ${answer.status}`,
        !answer.text.includes('did not come from Rollcall') && 'has no words',
        /evil\.example/.test(answer.location ?? '') && `redirects to ${answer.location}`,
      );
    },
  }));
  await callQuietly(cells, verdicts);

  // The same form succeeds from our own page, so the refusals above are due to the origin.
  for (const way of waysOf(ours)) {
    const before = await makeReadyAndFingerprint(policy);
    const answer = await way.send(name, fields, { cookie, headers: way.headers });
    const isDone = changedTables(before, await fingerprint()).length > 0;
    verdicts.say(nameOf(way), !isDone && `changed nothing: ${answer.status} ${answer.words}`);
  }
  newBugs();
  verdicts.check();
});
