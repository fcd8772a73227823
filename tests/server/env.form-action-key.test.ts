import { getActionEncryptionKey } from 'next/dist/server/app-render/encryption-utils';
import { expect, test, vi } from 'vitest';
import { setFormActionKey } from '@/server/env';
import { deriveKey } from '@/server/keys';

test('Next encrypts with the key that is derived from SECRET, and not with the one of the build', async () => {
  vi.stubEnv('NEXT_SERVER_ACTIONS_ENCRYPTION_KEY', undefined);
  // Where Next keeps what its build left.
  const encryptionKey = Buffer.alloc(32).toString('base64');
  Object.assign(globalThis, { [Symbol.for('next.server.manifests')]: { serverActionsManifest: { encryptionKey } } });
  const key = deriveKey('any secret of at least 32 characters', 'form-actions');
  setFormActionKey(key);
  const used = await crypto.subtle.exportKey('raw', await getActionEncryptionKey());
  expect(Buffer.from(used)).toEqual(key);
  vi.unstubAllEnvs();
});
