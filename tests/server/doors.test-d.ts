import { describe, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { action, authorize, type Can, done, type Work } from '@/server/work';

declare function listUsers(can: Can<'users.read'>): void;
declare function inviteUser(work: Work<'users.invite'>): Promise<void>;

describe('a handle says which permission was granted', () => {
  test('a query refuses a handle for something else', async () => {
    const can = {} as Can<'audit.read'>;
    // @ts-expect-error audit.read does not open the users list
    listUsers(can);
    listUsers({} as Can<'users.read' | 'audit.read'>);
    expectTypeOf(authorize<'users.read'>).returns.resolves.toEqualTypeOf<Can<'users.read'>>();
  });

  test('a public handle opens no query', () => {
    const can = {} as Awaited<ReturnType<typeof authorize<never>>>;
    // @ts-expect-error a handle that holds nothing opens nothing
    listUsers(can);
  });

  test('a form cannot run work that asks for another permission', () => {
    const input = z.object({});
    action({ name: 'a', permission: 'users.invite', input, run: async (work) => (await inviteUser(work), done('/')) });
    action({
      name: 'b',
      permission: 'users.suspend',
      input,
      // @ts-expect-error the action asks for users.suspend, the service for users.invite
      run: async (work) => (await inviteUser(work), done('/')),
    });
    // @ts-expect-error a permission must be named
    action({ name: 'c', input, run: async () => done('/') });
    // @ts-expect-error it must be one of the catalogue
    action({ name: 'd', permission: 'users.everything', input, run: async () => done('/') });
    action({
      name: 'e',
      permission: 'public',
      input,
      // @ts-expect-error nobody signed in holds nothing
      run: async (work) => (await inviteUser(work), done('/')),
    });
  });
});
