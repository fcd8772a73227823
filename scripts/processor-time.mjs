// Measures the cost of a run: processor seconds, and units that do not depend on how slow or busy the machine is.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second towards programs, whatever it does inside. */
const ticksPerSecond = 100;

/**
 * Processor seconds, user and system, of this process and of all its children that have ended, theirs included; see
 * proc_pid_stat(5). A process that outlives its parent is missing: the renderers of a browser do. Null where the system
 * does not count it like this.
 */
export function processorSeconds() {
  try {
    // The program's name stands in parentheses and may contain blanks, so the fields are counted from behind it.
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / ticksPerSecond;
  } catch {
    return null;
  }
}

/**
 * Processor seconds that a fixed loop takes on this machine now: objects, text, sorting and hashing, as tests do. One
 * second on the quiet machine that the budget was set on. The rounds before that warm the compiler up do not count.
 */
export function unitSeconds() {
  loop(20);
  const startedAt = process.cpuUsage();
  loop(250);
  const { user, system } = process.cpuUsage(startedAt);
  return (user + system) / 1e6;
}

function loop(rounds) {
  let seed = 1;
  for (let round = 0; round < rounds; round += 1) {
    const rows = [];
    for (let n = 0; n < 4_000; n += 1) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      rows.push({ id: seed, name: `person ${seed % 9_973}`, roles: ['viewer', 'author', String(seed % 7)] });
    }
    rows.sort((one, other) => one.name.localeCompare(other.name) || one.id - other.id);
    const text = JSON.stringify(rows);
    createHash('sha256').update(text).digest('hex');
    seed = (seed + JSON.parse(text).length) % 2_147_483_648;
  }
}
