import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export type SourceFile = { path: string; text: string; lines: number };

/** Every file below these folders that a person wrote, with forward slashes in its path. */
export function sourceFiles(...folders: string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
      .map((entry) => path.join(entry.parentPath, entry.name).replaceAll('\\', '/'))
      .filter((name) => !name.includes('/generated/'))
      .map((name) => {
        const text = readFileSync(name, 'utf8');
        return { path: name, text, lines: text.split('\n').length - 1 };
      }),
  );
}

/** The text without comments, so that a rule may be spoken of. Strings stay. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/[^\n]*/g, '$1');
}
