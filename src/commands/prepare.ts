import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import '@/handlers';
import { makeDemoInvitations } from '@/demo/invitations';
import { type Demo, makeDemoWorld } from '@/demo/world';
import { setUpLink } from '@/features/set-up/first-admin.service';
import { syncCatalogue } from '@/server/catalogue';
import { roleSettingsProblem, saveRoleSettings } from '@/server/db/role-settings';
import { db, stalledSeconds } from '@/server/db/shared';
import { env, isDemoAllowed } from '@/server/env';
import { declaredJobs } from '@/server/job';
import { operatorReads, operatorUnit } from '@/server/operator';
import { ensureQueues } from '@/server/queue/queues';
import { inUnit } from '@/server/unit';

/** Runs at every start, after the migrations. */
export async function prepare() {
  await settleRole();
  await inUnit(syncCatalogue, { exempt: true });
  await ensureQueues(declaredJobs());
  const anybody = await db().user.findFirst({ select: { id: true } });
  if (!anybody && isDemoAllowed()) {
    await writeDemo(await operatorUnit('prepare', makeDemoWorld));
    await makeDemoInvitations();
    process.stdout.write('Made the demo world.\n');
  }
  const link = await setUpLink(operatorReads());
  if (link)
    process.stdout.write(
      `Nobody can administer Rollcall yet. Make the first System Admin here, within an hour:\n${link}\n`,
    );
}

/** Behind a pooler, each attempt ends one of the connections that were made without the settings. */
async function settleRole() {
  let problem: string | null = null;
  for (let attempt = 1; attempt <= 20; attempt += 1) {
    await saveRoleSettings(env().DATABASE_URL, stalledSeconds());
    problem = await roleSettingsProblem(db(), stalledSeconds());
    if (!problem) return;
  }
  throw new Error(problem ?? '');
}

/** Saves the demo sign-ins, which `npm start` prints. Only the owner of the file can read it. */
async function writeDemo(demo: Demo) {
  const file = path.join(env().DATA_DIR, 'demo.json');
  await writeFile(file, JSON.stringify(demo, null, 2), { mode: 0o600 });
  await chmod(file, 0o600);
}
