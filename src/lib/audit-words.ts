/** What an action is called in a sentence: `user.invited` → "User invited". The code itself is shown beside it. */
export function actionWords(action: string): string {
  const words = action.replace(/[._-]/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

type Change = { field: string; before: string | string[] | null; after: string | string[] | null };

/** Before and after as rows of a difference; fields that are the same on both sides are left out. */
export function changesOf(body: unknown): Change[] {
  const before = recordOf(body, 'before');
  const after = recordOf(body, 'after');
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((field) => ({ field: fieldWords(field), before: textOf(before[field]), after: textOf(after[field]) }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

/** One of the plain values beside before and after: the reason, the address it came from. */
export function detailOf(body: unknown, name: 'reason' | 'ip'): string | null {
  const value = body !== null && typeof body === 'object' ? (body as Record<string, unknown>)[name] : null;
  return typeof value === 'string' ? value : null;
}

function recordOf(body: unknown, side: 'before' | 'after'): Record<string, unknown> {
  if (body === null || typeof body !== 'object') return {};
  const value = (body as Record<string, unknown>)[side];
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string | string[] | null {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function fieldWords(field: string): string {
  const words = field.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
