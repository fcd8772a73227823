import type { Guide } from '../../schema';
import { myAccount } from './my-account';
import { signingIn } from './signing-in';

/** Every guide, in the order of the table of contents. */
export const guides: readonly Guide[] = [signingIn, myAccount];
