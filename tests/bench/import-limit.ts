import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from, to } from 'pg-copy-streams';
import { withClient } from '@/server/db/cluster';
import { benchFolder } from './place';

/** Every table that an import writes into, with the condition for its rows. */
const written: Record<string, string> = {
  upload_row: `t.plan_id = $plan`,
  plan_row: `t.plan_id = $plan`,
  user: `t.id IN (SELECT subject_id FROM plan_row WHERE plan_id = $plan)`,
  invitation: `t.user_id IN (SELECT subject_id FROM plan_row WHERE plan_id = $plan)`,
  invitation_role: `t.invitation_id IN (SELECT i.id FROM invitation i JOIN plan_row p ON p.subject_id = i.user_id WHERE p.plan_id = $plan)`,
  email: `t.subject_id IN (SELECT i.id FROM invitation i JOIN plan_row p ON p.subject_id = i.user_id WHERE p.plan_id = $plan)`,
  audit_event: `t.id IN (SELECT d.event_id FROM audit_detail d JOIN plan_row p ON p.subject_id = d.person_id WHERE p.plan_id = $plan)`,
  audit_detail: `t.person_id IN (SELECT subject_id FROM plan_row WHERE plan_id = $plan)`,
};

/** Milliseconds that COPY takes for the rows of an import: all of them, and only the people's. */
export async function copySameRows(url: string, planId: string): Promise<{ all: number; people: number }> {
  const folder = await mkdtemp(path.join(benchFolder, 'copy-'));
  try {
    const times: Record<string, number> = {};
    for (const [table, which] of Object.entries(written)) {
      const file = path.join(folder, table);
      const columns = await withClient(url, (client) => columnsOf(client, table));
      const condition = which.replaceAll('$plan', `'${planId}'`);
      const rows = `COPY (SELECT ${columns} FROM "${table}" t WHERE ${condition}) TO STDOUT`;
      await withClient(url, (client) => pipeline(client.query(to(rows)), createWriteStream(file)));
      times[table] = await withClient(url, (client) => copyInto(client, table, columns, file));
    }
    return { all: Object.values(times).reduce((sum, ms) => sum + ms, 0), people: times.user ?? 0 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function copyInto(client: Client, table: string, columns: string, file: string): Promise<number> {
  await client.query(`CREATE SCHEMA IF NOT EXISTS limits`);
  await client.query(`CREATE TABLE limits."${table}" (LIKE public."${table}" INCLUDING ALL)`);
  const begun = performance.now();
  await pipeline(createReadStream(file), client.query(from(`COPY limits."${table}" (${columns}) FROM STDIN`)));
  const ms = performance.now() - begun;
  return ms;
}

/** All columns except generated ones, which COPY cannot write. */
async function columnsOf(client: Client, table: string): Promise<string> {
  const { rows } = await client.query<{ columns: string }>(
    `SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns FROM pg_attribute
      WHERE attrelid = format('public.%I', $1::text)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
    [table],
  );
  return rows[0]?.columns ?? '';
}
