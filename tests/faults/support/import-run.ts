import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeUser } from '@tests/support/factories';
import { startMailServer } from '@tests/support/mail';
import pg from 'pg';
import { checkChain, checkLeases, checkMail } from './company-checks';
import { checkImport, makeOrganizations } from './import-checks';
import { asCsv, makePeopleBefore, makeRows, type Row } from './people';
import { openPlace } from './place';
import { readLogs } from './workers';

export type Progress = { state: string; done: number; epoch: number };
type Import = { id: string; rows: Row[]; mark: string };

export type ImportRun = Awaited<ReturnType<typeof openImportRun>>;

/** Opens a place with a mail server and a System Admin who imports. */
export async function openImportRun(name: string, settings: Record<string, string>, say: (line: string) => void) {
  const mail = await startMailServer();
  const place = await openPlace(name, { SMTP_URL: mail.url, ...settings });
  await makeOrganizations(place);
  const { id: adminId } = await makeUser(place.db, { roles: ['system-admin'] });
  const pool = new pg.Pool({ connectionString: place.superuserUrl, max: 2 });
  pool.on('error', () => undefined);
  const query = async <T>(text: string, values: unknown[] = []) => (await pool.query(text, values)).rows as T[];
  const imports: Import[] = [];

  /** Runs one step of `act.ts`, which kills itself at `crashPoint`. Returns its output, or null if it was killed. */
  async function act(step: string, what: string, crashPoint = ''): Promise<string | null> {
    const child = spawn(process.execPath, ['--import', 'tsx', 'tests/faults/support/act.ts', step, adminId, what], {
      env: { ...process.env, ...place.settings, LOG_LEVEL: 'silent', ROLLCALL_CRASH_POINT: crashPoint },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    const [code, signal] = await once(child, 'close');
    if (signal === 'SIGKILL') return null;
    if (code !== 0) throw new Error(`The step ${step} failed.`);
    return output;
  }

  async function makeFile(count: number, mark: string, invitedPercent: number) {
    const rows = makeRows(count, mark, invitedPercent);
    await makePeopleBefore(place.db, rows);
    const file = path.join(place.directory, `${mark}.csv`);
    await writeFile(file, asCsv(rows));
    return { rows, file };
  }

  async function progressOf(id: string): Promise<Progress> {
    const [found] = await query<Progress>('SELECT state::text, done_rows AS done, epoch FROM plan WHERE id = $1', [id]);
    if (!found) throw new Error('The import is gone.');
    return found;
  }

  /** Waits until mails are sent, events sealed and plans done. Returns what was not finished in time. */
  async function rest(seconds: number): Promise<string[]> {
    const pending = `
      SELECT (SELECT count(*)::int FROM email WHERE state IN ('pending', 'sending')) AS mails,
             (SELECT count(*)::int FROM plan WHERE state = 'applying') AS plans,
             (SELECT count(*)::int FROM audit_event
               WHERE seq > coalesce((SELECT max(last_seq) FROM audit_seal), 0)) AS unsealed,
             (SELECT count(*)::int FROM pgboss.job WHERE state = 'active') AS jobs`;
    // Jobs count from the start: those of a worker that died a moment ago are taken over only while others live.
    // A mail whose worker died several times would wait for minutes before the next attempt.
    await query(`UPDATE email SET next_attempt_at = app_now() WHERE state = 'pending' AND attempts > 3`);
    let left: Record<string, number> = {};
    for (let waited = 0; waited < seconds; waited += 0.5) {
      left = (await query<Record<string, number>>(pending))[0] ?? {};
      if (Object.values(left).every((count) => count === 0)) return [];
      await sleep(500);
    }
    return [`After ${seconds} s work is left: ${JSON.stringify(left)}`];
  }

  async function checkEverything(): Promise<string[]> {
    const broken = await rest(90);
    for (const { id, rows, mark } of imports) broken.push(...(await checkImport(query, id, rows, mark)));
    broken.push(...(await checkMail(query, mail.messages)));
    broken.push(...(await checkChain(readLogs(place.directory))), ...(await checkLeases(query)));
    return broken;
  }

  /**
   * Rows written and rolled back per takeover, on average. Sequences do not roll back, so the gaps in the event numbers
   * tell how many events were lost; the events per row give the rows.
   */
  async function repeatedRows(): Promise<number> {
    const [found] = await query<{ lost: number; events: number; rows: number; taken: number }>(`
      SELECT (SELECT max(seq)::int - count(*)::int FROM audit_event) AS lost,
             (SELECT count(*)::int FROM audit_event) AS events,
             (SELECT count(*)::int FROM plan_row WHERE status = 'applied') AS rows,
             (SELECT sum(epoch)::int FROM plan) AS taken`);
    if (!found) return 0;
    return Math.round((found.lost * found.rows) / Math.max(1, found.events) / Math.max(1, found.taken));
  }

  return {
    place,
    mail,
    query,
    say,
    act,
    makeFile,
    progressOf,
    rest,
    checkEverything,
    repeatedRows,
    keep: (made: Import) => imports.push(made),
    async close() {
      await pool.end();
      await place.close();
      await mail.close();
    },
  };
}
