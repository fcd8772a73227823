import { consolePermissions, isConsolePermission, type Permission } from '@/lib/permissions';

/** Where a sign-in without a destination leads: the console if the person can open any part of it. */
export function landingPath(can: { may(permission: Permission): boolean }): '/' | '/account' {
  const permissions = Object.keys(consolePermissions).filter(isConsolePermission);
  return permissions.some((permission) => can.may(permission)) ? '/' : '/account';
}
