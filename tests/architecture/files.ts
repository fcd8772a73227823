import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export type SourceFile = { path: string; text: string; lines: number };

/** Every hand-written source file below these folders. Paths have forward slashes. */
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

/** The text without comments, so that a comment may mention what is banned. Strings stay. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/[^\n]*/g, '$1');
}
