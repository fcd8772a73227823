import { z } from 'zod';
import { type Cursor, readCursor, writeCursor } from './cursors';
import { isId } from './ids';
import { fieldLimits } from './limits';
import { firstOf } from './search-params';

// The URL parameters of a list. Each takes what Next passes to a page and ignores what it does not understand, so that
// an old link still opens.

const firstValue = (value: unknown) =>
  typeof value === 'string' || Array.isArray(value) ? firstOf({ value }, 'value') : undefined;

export function param<T extends z.ZodType>(schema: T) {
  return z.preprocess(firstValue, schema.optional().catch(undefined as never));
}

export const idParam = param(z.string().refine(isId));
export const dayParam = param(z.iso.date());
export const wordParam = param(z.string().trim().min(1).max(254));

export const searchParam = z.preprocess(
  firstValue,
  z.string().trim().max(fieldLimits.searchMaxChars).default('').catch(''),
);

export const timeCursorParam = param(
  z.string().transform((text, context) => {
    const { value, id } = placeOf(readCursor(text, ['moment']), context);
    return { at: new Date(value), id };
  }),
);

export function timeCursor(row: { createdAt: Date; id: string } | null): string | null {
  return row && writeCursor({ values: [row.createdAt.toISOString()], id: row.id });
}

export const nameCursorParam = param(
  z.string().transform((text, context) => {
    const { value: key, id } = placeOf(readCursor(text, ['text']), context);
    return { key, id };
  }),
);

export function nameCursor(row: { nameKey: string; id: string } | null): string | null {
  return row && writeCursor({ values: [row.nameKey], id: row.id });
}

function placeOf(cursor: Cursor | null, context: z.RefinementCtx<string>): { value: string; id: string } {
  if (cursor) return { value: cursor.values[0] ?? '', id: cursor.id };
  context.addIssue({ code: 'custom', message: 'cursor' });
  return z.NEVER;
}
