import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import ErrorPage from '@/app/error';
import { unavailableDigest } from '@/lib/unavailable';

const shown = (digest: string) => renderToStaticMarkup(<ErrorPage error={Object.assign(new Error(), { digest })} />);

test('a page that failed promises nothing: what was being saved may be there', () => {
  expect(shown('abc123')).toContain('look first whether it is there');
  expect(shown('abc123')).toContain('abc123');
  for (const digest of ['abc123', unavailableDigest]) expect(shown(digest)).not.toContain('Nothing was changed');
});
