import { invitationLimits } from './limits';

/** The keys of invitations are stored with the rows of plans, so they never change. */
export const obstacleText = {
  self: 'This is your own account.',
  not_managed: 'This account is managed by the platform.',
  outranked: 'This person has the same power as you or more.',
  ended_by_platform: 'Deactivated by the platform. Only a System Admin can reactivate this person.',
  archived: 'This person is archived.',
  not_accepted: 'This person has not accepted their invitation yet.',
  not_pending: 'This invitation is no longer open.',
  held: 'This invitation needs confirmation first. Confirming it also resends it.',
  newer_open: 'A newer invitation to this address is open.',
  too_often: `This was resent ${invitationLimits.resendsPerDay} times today. Try again tomorrow.`,
  not_held: 'This invitation no longer needs confirmation.',
  not_granted: 'You cannot grant all the access in it. An admin who has that access can confirm it.',
} as const;

export type Obstacle = keyof typeof obstacleText;
export type AccountObstacle = Extract<
  Obstacle,
  'self' | 'not_managed' | 'outranked' | 'ended_by_platform' | 'archived' | 'not_accepted'
>;
export type InvitationObstacle = Exclude<Obstacle, AccountObstacle>;
