import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const auditLog: Guide = {
  slug: 'audit-log',
  title: 'The audit log',
  summary: 'Who did what and when, and how to prove that nobody rewrote it.',
  readers: ['audit.read'],
  pages: ['/audit'],
  parts: [
    {
      id: 'what',
      title: 'What is in it',
      body: (
        <>
          <p>
            The <TextLink href="/audit">audit log</TextLink> holds every change, sign-in and refusal: who did it, to
            whom, what was there before and after, why, from which network address, and when. A change and its trace are
            saved together or not at all.
          </p>
          <p>
            Not in it are only a person’s own preferences, the time of last activity, counters, and how far emails and
            imports are.
          </p>
        </>
      ),
    },
    {
      id: 'find',
      title: 'Find something',
      body: (
        <p>
          Filter by action, by who did it, by whom it was done to, by organization and by time. Each line leads to the
          whole event with what was before and after. An Org Admin sees the events of their organization.
        </p>
      ),
    },
    {
      id: 'trust',
      title: 'Why it can be trusted',
      body: (
        <p>
          Nobody can edit it, here or through the application’s access to the database. Every second, new events are
          sealed: each seal is computed from the one before and signed with a key that is not in the database. Changing,
          removing or inserting an event breaks the chain.
        </p>
      ),
    },
    {
      id: 'verify',
      title: 'Verify it',
      body: (
        <>
          <p>On the server, whoever runs Rollcall checks all of it with one command:</p>
          <p>
            <code>npm run rollcall -- verify-audit</code>
          </p>
          <ul>
            <li>
              It says whether the log is as it was sealed, names what differs, and says as plainly what it could not
              show. It ends with an error when anything differs.
            </li>
            <li>
              Keep the key’s public half away from the server: <code>npm run rollcall -- audit-key</code> prints it, and{' '}
              <code>verify-audit --public-key</code> takes it. Whoever had the server could otherwise have sealed anew.
            </li>
            <li>
              Give it what the server’s process wrote as <code>--log worker.log</code>. It is held against every seal
              that stands there: only so does it show when seals were taken away and events sealed anew, or the end was
              cut off. The last seal alone, <code>--last-seal</code>, shows no more than a cut-off end.
            </li>
            <li>
              Away from the server: <code>npm run rollcall -- export-audit audit.jsonl</code> makes a copy, and{' '}
              <code>verify-audit --file audit.jsonl</code> checks it anywhere.
            </li>
          </ul>
        </>
      ),
    },
    {
      id: 'export',
      title: 'Take it along',
      body: (
        <p>
          Filter, then choose <TextLink href="/help/exporting">Export</TextLink>.
        </p>
      ),
    },
  ],
};
