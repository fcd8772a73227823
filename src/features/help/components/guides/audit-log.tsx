import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const auditLog: Guide = {
  slug: 'audit-log',
  title: 'The audit log',
  summary: 'Who did what and when, and how to prove that the log was not rewritten.',
  readers: ['audit.read'],
  pages: ['/audit'],
  parts: [
    {
      id: 'what',
      title: 'What is in it',
      body: (
        <>
          <p>
            The <TextLink href="/audit">audit log</TextLink> records every change, every sign-in and what was refused:
            failed sign-ins, missing permissions, records and roles outside somebody’s access, forms from other sites.
            Each event says who did it, to whom, when, why and from which network address, with the values before and
            after. A change and its event are saved together or not at all.
          </p>
          <p>
            A refusal that one person repeats is one event an hour, and so is everything that a blocked network tries:
            nobody can fill the log by trying again.
          </p>
          <p>
            It leaves out people’s own preferences, the time of their last activity, counters, and the progress of
            emails and imports.
          </p>
        </>
      ),
    },
    {
      id: 'find',
      title: 'Find something',
      body: (
        <p>
          Search for any part of a name or address to see what somebody did and what was done to them. If very many
          people match, type more of the name. You can also filter by action, by who acted, by what was changed, by
          organization and by time. Open a line to see the whole event with the values before and after. An Org Admin
          sees the events of their organization.
        </p>
      ),
    },
    {
      id: 'trust',
      title: 'Why it can be trusted',
      body: (
        <p>
          Nobody can edit it, neither here nor through the application’s access to the database. New events are sealed
          within two seconds. Each seal is computed from the one before and signed with a key that is not in the
          database. Changing, removing or inserting an event breaks the chain.
        </p>
      ),
    },
    {
      id: 'verify',
      title: 'Verify it',
      body: (
        <>
          <p>The person who runs the server can check the whole log with one command:</p>
          <p>
            <code>npm run rollcall -- verify-audit</code>
          </p>
          <ul>
            <li>
              It says whether the log is as it was sealed, names anything that differs, and lists what it could not
              prove. It ends with an error if anything differs.
            </li>
            <li>
              Keep the public key away from the server. <code>npm run rollcall -- audit-key</code> prints it, and{' '}
              <code>verify-audit --public-key</code> takes it. Without it, somebody who controlled the server could have
              changed the log and sealed it again.
            </li>
            <li>
              Add the worker’s own log with <code>--log worker.log</code>. It names every seal, so the check finds seals
              that were removed, events that were sealed again, and a log whose end was cut off.{' '}
              <code>--last-seal</code> takes the last seal alone and finds only a cut-off end.
            </li>
            <li>
              To check it on another machine, copy it with <code>npm run rollcall -- export-audit audit.jsonl</code> and
              run <code>verify-audit --file audit.jsonl</code> there.
            </li>
          </ul>
        </>
      ),
    },
    {
      id: 'export',
      title: 'Export it',
      body: (
        <p>
          Filter the log, then choose Export. Unless you choose other columns, the file says who did what to whom,
          where, whether it was a person, the system, an operator or nobody signed in, and the values before and after.
          See <TextLink href="/help/exporting">Exporting lists</TextLink>.
        </p>
      ),
    },
  ],
};
