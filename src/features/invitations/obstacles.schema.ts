import { invitationLimits } from '@/lib/limits';

/** What stands against sending, confirming or cancelling, as one is told before and after trying. */
export const obstacleWords = {
  not_pending: 'This invitation is no longer open.',
  held: 'It needs confirmation first, which sends it again too.',
  newer_open: 'A newer invitation to this address is open.',
  too_often: `This was sent again ${invitationLimits.resendsPerDay} times today. Try again tomorrow.`,
  not_held: 'This invitation needs no confirmation any more.',
  not_granted: 'You may not grant what it holds. Somebody who holds all of it can confirm it.',
} as const;

export type Obstacle = keyof typeof obstacleWords;
