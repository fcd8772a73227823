import { NothingHere, NotOpen } from '@/components/layout/refusal';
import { makePage } from '@/server/page';

/** Every page of the console: a refusal stands in its frame, and can be read without scripts. */
export const consolePage = makePage({ 403: NotOpen, 404: NothingHere });
