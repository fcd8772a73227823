import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  cruise,
  type IConfiguration,
  type ICruiseOptions,
  type ICruiseResult,
  type IFlattenedRuleSet,
} from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { afterAll, beforeAll, expect, test } from 'vitest';
import config from './dependency-cruiser.mjs';

// The file is JavaScript, so its severities have the type string.
const { options = {}, ...ruleSet } = config as unknown as IConfiguration & { options?: ICruiseOptions };
let projects: string;

beforeAll(async () => {
  projects = await mkdtemp(path.join(tmpdir(), 'rollcall-boundaries-'));
});
afterAll(() => rm(projects, { recursive: true, force: true }));

test('every module of the product is checked, and none breaks a boundary', async () => {
  const result = await cruise(
    ['src', 'tests'],
    { ...options, ruleSet: ruleSet as IFlattenedRuleSet, validate: true },
    undefined,
    {
      tsConfig: extractTSConfig('tsconfig.json'),
    },
  );
  const { summary } = result.output as ICruiseResult;
  expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  expect(summary.totalCruised).toBeGreaterThan(200);
});

const violations: [rule: string, from: string, to: string][] = [
  ['no-circles', 'src/lib/a.ts', 'src/lib/b.ts'],
  ['only-server-knows-prisma', 'src/features/users/list.queries.ts', 'node_modules/pg/index.js'],
  ['only-server-knows-prisma', 'src/app/page.tsx', 'src/server/db/generated/client.ts'],
  ['only-src-server-mail-knows-nodemailer', 'src/server/queue/job-queue.ts', 'node_modules/nodemailer/index.js'],
  ['only-src-lib-csv-knows-papaparse', 'src/features/imports/upload.service.ts', 'node_modules/papaparse/index.js'],
  ['only-src-server-auth-knows-@node-rs/argon2', 'src/lib/text.ts', 'node_modules/@node-rs/argon2/index.js'],
  ['server-knows-no-feature', 'src/server/work.ts', 'src/features/users/list.policy.ts'],
  ['connectors-stand-alone', 'src/connectors/moodle/client.ts', 'src/server/db/sql.ts'],
  ['components-could-ship-elsewhere', 'src/components/ui/button.tsx', 'src/server/fail.ts'],
  ['lib-is-pure', 'src/lib/dates.ts', 'src/server/env.ts'],
  ['nothing-imports-app', 'src/features/users/components/list.tsx', 'src/app/page.tsx'],
  ['handles-come-from-the-server', 'src/features/users/list.service.ts', 'src/server/db/shared.ts'],
  ['handles-come-from-the-server', 'src/features/users/list.service.ts', 'src/server/handle.ts'],
  ['handles-come-from-the-server', 'src/features/users/list.service.ts', 'src/server/unit.ts'],
  ['only-commands-are-operators', 'src/app/layout.tsx', 'src/server/operator.ts'],
  ['only-queries-and-services-run-statements', 'src/app/page.tsx', 'src/server/scope.ts'],
  ['only-queries-and-services-run-statements', 'src/features/users/list.actions.ts', 'src/server/db/sql.ts'],
  ['only-opening-a-link-writes-on-get', 'src/features/users/list.service.ts', 'src/server/opening.ts'],
  ['only-frames-know-the-viewer', 'src/app/api/users/route.ts', 'src/server/viewer.ts'],
  ['features-show-four-roles', 'src/features/users/list.service.ts', 'src/features/roles/grant.actions.ts'],
  ['features-show-four-roles', 'src/features/users/list.service.ts', 'src/features/roles/components/badge.tsx'],
  [
    'declarations-import-no-service',
    'src/features/plans/lost-plans.jobs.ts',
    'src/features/plans/lost-plans.service.ts',
  ],
  ['declarations-import-no-service', 'src/features/users/email-change/request.emails.tsx', 'src/server/job.ts'],
  ['product-imports-no-test', 'src/server/work.ts', 'tests/support/database.ts'],
];

test.each(violations)('%s: %s may not import %s', async (rule, from, to) => {
  expect(await violationsOf(from, to)).toContain(rule);
});

test.each([
  ['src/features/users/list.service.ts', 'src/features/roles/grant.service.ts'],
  ['src/features/users/list.service.ts', 'src/features/roles/custom/grant.policy.ts'],
  ['src/features/users/components/list.tsx', 'src/components/ui/button.tsx'],
  ['src/app/page.tsx', 'src/features/users/list.queries.ts'],
  ['src/server/mail/send.ts', 'node_modules/nodemailer/index.js'],
  ['src/server/db/client.ts', 'node_modules/pg/index.js'],
  ['src/commands/create-admin.ts', 'src/server/operator.ts'],
  ['src/features/users/list.queries.ts', 'src/server/scope.ts'],
  ['src/app/(console)/layout.tsx', 'src/server/viewer.ts'],
])('%s may import %s', async (from, to) => {
  expect(await violationsOf(from, to)).toEqual([]);
});

test('an actions file that does not use action() is found', async () => {
  expect(await violationsOf('src/features/users/list.actions.ts', 'src/lib/text.ts')).toEqual([
    'actions-use-the-wrapper',
  ]);
  expect(await violationsOf('src/features/users/list.actions.ts', 'src/server/work.ts')).toEqual([]);
});

/** The names of the rules that a project of these two files breaks. For the rule on circles, each imports the other. */
async function violationsOf(from: string, to: string): Promise<string[]> {
  const baseDir = await mkdtemp(path.join(projects, 'project-'));
  const write = async (file: string, text: string) => {
    await mkdir(path.dirname(path.join(baseDir, file)), { recursive: true });
    await writeFile(path.join(baseDir, file), text);
  };
  const packages = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(to)?.[1];
  const relative = path.relative(path.dirname(from), to);
  const back = path.relative(path.dirname(to), from);
  await write(
    from,
    `export * as other from '${packages ?? (relative.startsWith('.') ? relative : `./${relative}`)}';\n`,
  );
  await write(to, from.startsWith('src/lib/a') ? `export * as other from './${back}';\n` : 'export const one = 1;\n');
  await write('package.json', JSON.stringify({ name: 'x', dependencies: packages ? { [packages]: '1' } : {} }));
  if (packages)
    await write(`node_modules/${packages}/package.json`, JSON.stringify({ name: packages, main: 'index.js' }));
  await write('tsconfig.json', '{}');
  const { tsConfig: _, ...rest } = options;
  const settings = { ...rest, ruleSet: ruleSet as IFlattenedRuleSet, validate: true, baseDir };
  const result = await cruise([path.dirname(from).split('/')[0] ?? 'src'], settings);
  const { summary } = result.output as ICruiseResult;
  return [...new Set(summary.violations.map((violation) => violation.rule.name))];
}
