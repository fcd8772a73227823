import { describe, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { action, authorize, type Can, done, type Outcome, type PublicCan, type Work } from '@/server/work';

declare function listUsers(can: Can<'users.read'>): void;
declare function inviteUser(work: Work<'users.invite'>): Promise<Outcome>;

describe('a handle says which permission was granted', () => {
  test('a query refuses a handle for something else', async () => {
    const can = {} as Can<'audit.read'>;
    // @ts-expect-error audit.read does not open the users list
    listUsers(can);
    listUsers({} as Can<'users.read' | 'audit.read'>);
    expectTypeOf(authorize<'users.read'>).returns.resolves.toEqualTypeOf<Can<'users.read'>>();
  });

  test('a handle without permissions opens nothing', () => {
    // @ts-expect-error a public page's handle
    listUsers({} as PublicCan);
    // @ts-expect-error the frame's handle
    listUsers({} as Can);
  });

  test('a form cannot run work that needs another permission', () => {
    const input = z.object({});
    action({ name: 'a', permission: 'users.invite', input, run: (work) => inviteUser(work) });
    action({
      name: 'b',
      permission: 'users.deactivate',
      input,
      // @ts-expect-error the action asks for users.deactivate, the service for users.invite
      run: (work) => inviteUser(work),
    });
    // @ts-expect-error a permission must be named
    action({ name: 'c', input, run: async () => done('/') });
    // @ts-expect-error it must be one of the catalogue
    action({ name: 'd', permission: 'users.everything', input, run: async () => done('/') });
    action({
      name: 'e',
      permission: 'public',
      input,
      // @ts-expect-error a visitor without a session has no permissions
      run: (work) => inviteUser(work),
    });
  });
});
