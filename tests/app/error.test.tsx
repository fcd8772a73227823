import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import ErrorPage from '@/app/error';
import { unavailableDigest } from '@/lib/database-unavailable';

const shown = (digest: string) => renderToStaticMarkup(<ErrorPage error={Object.assign(new Error(), { digest })} />);

test('an error page does not claim that nothing was saved', () => {
  expect(shown('abc123')).toContain('first check whether it was saved');
  expect(shown('abc123')).toContain('abc123');
  for (const digest of ['abc123', unavailableDigest]) expect(shown(digest)).not.toContain('Nothing was changed');
});
