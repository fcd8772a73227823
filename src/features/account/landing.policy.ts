import { consolePermissions, isConsolePermission, type Permission } from '@/lib/permissions';

/** Where somebody lands after sign-in who was not on the way to anything: the console, if there is anything in it. */
export function landingPath(can: { may(permission: Permission): boolean }): '/' | '/account' {
  const held = Object.keys(consolePermissions).filter(isConsolePermission);
  return held.some((permission) => can.may(permission)) ? '/' : '/account';
}
