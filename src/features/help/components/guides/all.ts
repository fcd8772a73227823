import type { Guide } from '../../guides.schema';
import { auditLog } from './audit-log';
import { deactivating } from './deactivating';
import { exporting } from './exporting';
import { firstSteps } from './first-steps';
import { groups } from './groups';
import { importing } from './importing';
import { inviting } from './inviting';
import { keyboard } from './keyboard';
import { missingEmails } from './missing-emails';
import { myAccount } from './my-account';
import { orgAdmins } from './org-admins';
import { organizations } from './organizations';
import { people } from './people';
import { roles } from './roles';
import { signingIn } from './signing-in';
import { whomToAsk } from './whom-to-ask';

/** Every guide, in the order of the table of contents. */
export const guides: readonly Guide[] = [
  firstSteps,
  orgAdmins,
  people,
  inviting,
  importing,
  exporting,
  deactivating,
  roles,
  groups,
  organizations,
  missingEmails,
  auditLog,
  signingIn,
  myAccount,
  keyboard,
  whomToAsk,
];
