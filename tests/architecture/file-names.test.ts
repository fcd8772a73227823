import path from 'node:path';
import { expect, test } from 'vitest';
import { sourceFiles } from './files';

// A feature's file says what it is about and what it does: users/deactivation.service.ts. A folder inside a feature is a
// capability of its own, so it has several files. Components are in components/.

const roles = 'schema|policy|queries|service|actions|jobs|emails';
const featureFile = new RegExp(`^src/features/([a-z0-9-]+/){1,2}[a-z0-9]+(-[a-z0-9]+)*\\.(${roles})\\.tsx?$`);
const component = /^src\/features\/([a-z0-9-]+\/){1,2}components\/([a-z0-9-]+\/)?[a-z0-9]+(-[a-z0-9]+)*\.tsx?$/;
const fewestFiles = 3;

const product = sourceFiles('src/features').map((file) => file.path);
const mirrored = ['app', 'components', 'features', 'lib', 'server'];
const everyFile = sourceFiles('src').map((file) => file.path);
const tests = sourceFiles(...mirrored.map((folder) => `tests/${folder}`)).map((file) => file.path);

/** The wrong names among these files, each with what to do instead. */
function wrongNames(files: string[]): string[] {
  return files
    .filter((file) => !featureFile.test(file) && !component.test(file))
    .map((file) => `${file}: name it concern.role.ts, with one of the roles ${roles.replaceAll('|', ', ')}`);
}

function smallFolders(files: string[]): string[] {
  const counts = new Map<string, number>();
  for (const file of files.filter((name) => !component.test(name))) {
    const folder = path.dirname(file);
    if (folder.split('/').length > 3) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count < fewestFiles)
    .map(([folder]) => `${folder}: move its files into the feature's folder`);
}

/** Tests that are not named after a file in the folder they mirror: `concern.test.ts` or `concern.aspect.test.ts`. */
function strayTests(testFiles: string[], files: string[]): string[] {
  const concernsOf = (folder: string) =>
    files
      .filter((file) => [folder, `${folder}/components`].includes(path.dirname(file)))
      .map((file) => path.basename(file).split('.')[0]);
  return testFiles
    .filter((file) => /\.test\.tsx?$/.test(file))
    .filter((file) => {
      const [concern] = path.basename(file).split('.');
      return !concernsOf(path.dirname(file).replace(/^tests/, 'src')).includes(concern);
    })
    .map((file) => `${file}: name it after the product file that it tests, in the mirrored folder`);
}

test('there are files to check', () => {
  expect(product.length).toBeGreaterThan(100);
  expect(tests.length).toBeGreaterThan(50);
});

test('feature files are named concern.role.ts', () => {
  expect(wrongNames(product)).toEqual([]);
});

test('a folder inside a feature has at least three files', () => {
  expect(smallFolders(product)).toEqual([]);
});

test('tests mirror the path and the name of the file they test', () => {
  expect(strayTests(tests, everyFile)).toEqual([]);
});

test.each([
  'src/features/users/queries.ts',
  'src/features/users/list/queries.ts',
  'src/features/users/list.helpers.ts',
  'src/features/users/List.queries.ts',
  'src/features/users/email-change/a/request.service.ts',
])('%s is refused as a file name', (file) => {
  expect(wrongNames([file])).toHaveLength(1);
});

test('a folder for one file and a test without its file are found', () => {
  const files = ['src/features/users/list/list.queries.ts', 'src/features/users/profile.service.ts'];
  expect(smallFolders(files)).toHaveLength(1);
  expect(strayTests(['tests/features/users/validation.test.ts'], files)).toHaveLength(1);
  expect(strayTests(['tests/features/users/profile.concurrent.test.ts'], files)).toEqual([]);
});
