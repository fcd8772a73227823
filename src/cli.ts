import { createAdmin } from '@/commands/create-admin';
import { prepare } from '@/commands/prepare';
import { secretStatus } from '@/commands/secret-status';
import { unlockAccount } from '@/commands/unlock';
import { exportAudit, printAuditKey, verifyAuditLog } from '@/commands/verify-audit';
import { Fail } from '@/server/fail';

/** Operator commands: `npm run rollcall -- <command>`. Each prints what it did, and exits with 1 on failure. */
const commands: Record<string, { usage: string; run(args: string[]): Promise<void> }> = {
  prepare: {
    usage:
      'prepare — save the settings of the database role and the permission catalogue; create the demo world or print a set-up link',
    run: prepare,
  },
  'create-admin': {
    usage: 'create-admin <address> — create a System Admin and print the link to set the password',
    run: createAdmin,
  },
  unlock: {
    usage: 'unlock <address> — end the wait after wrong passwords, for one account',
    run: unlockAccount,
  },
  'secret-status': {
    usage: 'secret-status — count the passwords that still need SECRET_PREVIOUS',
    run: secretStatus,
  },
  'verify-audit': {
    usage:
      'verify-audit [--public-key <file or base64>]… [--log <output of the worker>]… [--last-seal <as in the log>] [--file <copy>] [--json] — check the audit log against its seals',
    run: verifyAuditLog,
  },
  'audit-key': {
    usage: 'audit-key — print the public key of the audit log, to be stored outside this server',
    run: printAuditKey,
  },
  'export-audit': {
    usage: 'export-audit <file> [--without-details] — copy the audit log for verify-audit --file',
    run: exportAudit,
  },
};

async function main() {
  const [name = '', ...args] = process.argv.slice(2);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    const usages = Object.values(commands).map(({ usage }) => `  ${usage}`);
    process.stderr.write(`Usage: npm run rollcall -- <command>\n${usages.join('\n')}\n`);
    process.exit(1);
  }
  await command.run(args);
  // Keeps the exit code that the command has set: a check with findings ends with 1.
  process.exit();
}

main().catch((error: unknown) => {
  process.stderr.write(`${wordsOf(error)}\n`);
  process.exit(1);
});

function wordsOf(error: unknown): string {
  if (error instanceof Fail) return error.words;
  return error instanceof Error ? error.message : String(error);
}
