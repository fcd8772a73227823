import { createAdmin } from '@/commands/create-admin';
import { prepare } from '@/commands/prepare';

/** Operator commands: `npm run rollcall -- <command>`. Each prints what it did, and exits with 1 when it could not. */
const commands: Record<string, { usage: string; run(args: string[]): Promise<void> }> = {
  prepare: {
    usage: 'prepare — write the permission catalogue; make the demo world or print a set-up link',
    run: prepare,
  },
  'create-admin': {
    usage: 'create-admin <address> — make a System Admin and print the link to set the password',
    run: createAdmin,
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
  process.exit(0);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
