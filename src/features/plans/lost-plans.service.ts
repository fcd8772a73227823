import { silenceSeconds } from '@/server/env';

/** A chunk takes well under a second. A plan without a write for this long has lost its worker. */
export const lostAfterSeconds = () => silenceSeconds(10);
