import type { PlainPage } from './plain-page';

/** What Next says of a form or a call of an action that it cannot read, before any of our code runs. */
const messages =
  /^(Failed to parse body as FormData|Unexpected end of (form|multipart data)|Invalid Server Actions request|Failed to find Server Action|The Server Reference ID did not match)/;
const tooLong = /^Body exceeded /;

/** The page for a form that cannot be read. Null for any other error, which is a bug. */
export function unreadablePage(error: unknown, routeType?: string): PlainPage | null {
  if (!(error instanceof Error)) return null;
  if (tooLong.test(error.message)) return tooLarge;
  const isUnreadable =
    messages.test(error.message) || ((routeType === 'action' || error instanceof SyntaxError) && isInNext(error));
  return isUnreadable ? unreadableForm : null;
}

/** Whether only Next and Node are on the stack. Next reads a call of an action before any of our code runs. */
function isInNext({ stack = '' }: Error): boolean {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return frames.length > 0 && frames.every((line) => /node:|<anonymous>|[\\/]next[\\/]dist[\\/]/.test(line));
}

export const unreadableForm: PlainPage = {
  status: 400,
  title: 'This form cannot be read',
  paragraphs: [
    'It arrived incomplete, or in a form that Rollcall does not know. Nothing was changed.',
    'Go back, load the page again and send it again.',
  ],
};

const tooLarge: PlainPage = {
  status: 413,
  title: 'This is too large',
  paragraphs: ['Nothing was changed. Go back and send less at once.'],
};
