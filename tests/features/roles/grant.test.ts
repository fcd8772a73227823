import { testDatabase } from '@tests/support/database';
import { canAs, makeGroup, makeMember, makeOrganization, makeUser, roleId } from '@tests/support/factories';
import { describe, expect, test } from 'vitest';
import { assertMayGrant, grantableRoles } from '@/features/roles/grant.queries';

const { db } = await testDatabase();
const keys = (roles: { key: string }[]) => roles.map((role) => role.key).sort();

describe('granting roles and groups', () => {
  test('a System Admin grants platform roles on the platform and organization roles in organizations', async () => {
    const admin = await makeUser(db, { roles: ['system-admin'] });
    const can = await canAs(db, admin.id);
    const organization = await makeOrganization(db);
    expect(keys(await grantableRoles(can, null))).toEqual([
      'auditor',
      'author',
      'expert',
      'member',
      'system-admin',
      'vendor',
    ]);
    expect(keys(await grantableRoles(can, organization.id))).toContain('org-admin');
    expect(keys(await grantableRoles(can, organization.id))).not.toContain('system-admin');
  });

  test('an org admin grants roles of their own organization, including Org Admin, and nothing elsewhere', async () => {
    const admin = await makeMember(db, { roles: ['org-admin'] });
    const other = await makeOrganization(db);
    const can = await canAs(db, admin.id);
    expect(keys(await grantableRoles(can, admin.organizationId))).toContain('caseworker');
    expect(keys(await grantableRoles(can, admin.organizationId))).toContain('org-admin');
    expect(await grantableRoles(can, other.id)).toEqual([]);
    expect(await grantableRoles(can, null)).toEqual([]);
  });

  test('a group can only be granted with the access of its roles', async () => {
    const admin = await makeMember(db, { roles: ['org-admin'] });
    const can = await canAs(db, admin.id);
    const { organizationId } = admin;
    const own = await makeGroup(db, { organizationId, roles: ['caseworker'] });
    const platform = await makeGroup(db, { roles: ['member'] });
    const empty = await makeGroup(db, {});
    const foreign = await makeGroup(db, { organizationId: (await makeOrganization(db)).id });
    const grant = (groupId: string) => assertMayGrant(can, { roleIds: [], groupIds: [groupId], organizationId });
    await expect(grant(own.id)).resolves.toBeUndefined();
    await expect(grant(platform.id)).rejects.toThrow('grant.beyond_own');
    await expect(grant(empty.id)).rejects.toThrow('group.unknown');
    await expect(grant(foreign.id)).rejects.toThrow('group.unknown');
  });

  test('a platform role is refused in an organization, and an organization role on the platform', async () => {
    const admin = await makeUser(db, { roles: ['system-admin'] });
    const can = await canAs(db, admin.id);
    const organizationId = (await makeOrganization(db)).id;
    const grant = async (key: string, where: string | null) =>
      assertMayGrant(can, { roleIds: [await roleId(db, key)], groupIds: [], organizationId: where });
    await expect(grant('system-admin', organizationId)).rejects.toThrow('grant.scope');
    await expect(grant('org-admin', null)).rejects.toThrow('grant.scope');
    await expect(grant('member', organizationId)).resolves.toBeUndefined();
  });

  test('roles of an inactive organization grant nothing', async () => {
    const organization = await makeOrganization(db, { status: 'inactive' });
    const admin = await makeMember(db, { organizationId: organization.id, roles: ['org-admin'] });
    const can = await canAs(db, admin.id);
    expect(can.may('users.read')).toBe(false);
    expect(await grantableRoles(can, organization.id)).toEqual([]);
  });
});
