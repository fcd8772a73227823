import { fold } from './text';

export type ImportField =
  | 'email'
  | 'firstName'
  | 'lastName'
  | 'name'
  | 'phone'
  | 'roles'
  | 'organization'
  | 'groups'
  | 'status';

export type ColumnSource = 'google-workspace' | 'entra' | 'okta' | 'hubspot' | 'moodle' | 'template' | 'unknown';

/** `reason` says why a column has no field: its content is secret and never stored, or nothing reads it. */
export type ColumnGuess = { index: number; header: string; field: ImportField | null; reason?: 'password' | 'ignored' };

type Names = Record<ImportField, readonly string[]>;

// Names in the form of `keyOf`, best first.
const COMMON: Names = {
  email: ['email', 'emailaddress', 'mail', 'primaryemail', 'workemail', 'useremail'],
  firstName: ['firstname', 'givenname', 'forename', 'first'],
  lastName: ['lastname', 'surname', 'familyname', 'last'],
  name: ['name', 'fullname', 'displayname'],
  phone: ['phone', 'phonenumber', 'mobilephone', 'mobilephonenumber', 'mobile', 'workphone', 'telephone'],
  roles: ['role', 'roles', 'userrole', 'userroles'],
  organization: ['organization', 'organisation', 'organizationname', 'company', 'companyname'],
  groups: ['groups', 'group', 'permissiongroups', 'cohorts'],
  status: ['status', 'accountstatus', 'state'],
};

// The meaning of a vendor's own column names. A vendor's roles and groups are not ours, so only cohorts are used.
const VENDORS: Record<Exclude<ColumnSource, 'template' | 'unknown'>, Partial<Names>> = {
  'google-workspace': {
    phone: ['mobilephone', 'workphone'],
    roles: [],
    groups: [],
    organization: [],
    status: ['status'],
  },
  entra: {
    // The userPrincipalName of a guest is artificial (name_acme.com#EXT#@tenant), so mail comes first.
    email: ['mail', 'userprincipalname', 'email'],
    name: ['displayname', 'name'],
    phone: ['mobilephone', 'telephonenumber'],
    status: ['accountenabled'],
    roles: [],
    groups: [],
    organization: [],
  },
  okta: {
    email: ['email', 'useremail', 'login', 'userlogin', 'username'],
    firstName: ['firstname', 'userfirstname'],
    lastName: ['lastname', 'userlastname'],
    phone: ['mobilephone', 'usermobilephone', 'primaryphone', 'userprimaryphone'],
    organization: ['organization', 'userorganization'],
    status: ['status', 'userstatus'],
    roles: [],
    groups: [],
  },
  hubspot: {
    phone: ['phonenumber', 'mobilephonenumber', 'phone'],
    organization: ['companyname', 'associatedcompany', 'company'],
    status: [],
    roles: [],
    groups: [],
  },
  moodle: {
    email: ['email'],
    phone: ['phone1', 'phone2'],
    status: ['suspended'],
    roles: [],
    groups: [],
    organization: [],
    name: [],
  },
};

const FIELDS = Object.keys(COMMON) as ImportField[];
const TEMPLATE = new Set(FIELDS.flatMap((field) => COMMON[field]));
const HUBSPOT = ['recordid', 'lifecyclestage', 'contactowner', 'leadstatus', 'associatedcompany', 'phonenumber'];
const COHORT = /^cohort\d*$/;
const SECRET =
  /passw|passphrase|pwd|kennwort|contrasena|motdepasse|secret|credential|apikey|token|^salt|(recovery|security)(question|answer)|hash$|^pin$/;

/** Only `groups` and `phone` can have several columns; `name` is for empty first and last names. */
export function guessColumns(headers: readonly string[]): { source: ColumnSource; columns: ColumnGuess[] } {
  const keys = headers.map(keyOf);
  const source = guessSource(headers, keys);
  const names = namesOf(source);
  const fields = new Map<number, ImportField>();
  for (const field of FIELDS) {
    const found = names[field].map((name) => keys.indexOf(name)).filter((index) => index >= 0);
    for (const index of field === 'phone' ? found : found.slice(0, 1)) fields.set(index, field);
  }
  const columns = headers.map((header, index): ColumnGuess => {
    if (isPasswordHeader(header)) return { index, header, field: null, reason: 'password' };
    const field = COHORT.test(keys[index] ?? '') ? 'groups' : fields.get(index);
    return field === undefined ? { index, header, field: null, reason: 'ignored' } : { index, header, field };
  });
  return { source, columns };
}

function namesOf(source: ColumnSource): Names {
  return source === 'template' || source === 'unknown' ? COMMON : { ...COMMON, ...VENDORS[source] };
}

/** Phone columns in order of preference: a mobile number before one at work, wherever they are in the file. */
export function inOrderOfPreference(indexes: number[], headers: readonly string[], source: ColumnSource): number[] {
  const names = namesOf(source).phone;
  const rank = (index: number) => {
    const at = names.indexOf(keyOf(headers[index] ?? ''));
    return at < 0 ? names.length : at;
  };
  return indexes.toSorted((a, b) => rank(a) - rank(b) || a - b);
}

/** True for a column that can contain a secret. Such a column is dropped before staging, whatever it is mapped to. */
export function isPasswordHeader(header: string): boolean {
  return SECRET.test(keyOf(header)) || SECRET.test(fold(header).replace(/[^\p{L}\p{N}]/gu, ''));
}

/** `First Name [Required]`, `first_name` and `firstName` are the same name; Entra puts its own name in the brackets. */
function keyOf(header: string): string {
  const entra = /\[([a-z]+[A-Z][A-Za-z]+|surname)\]/.exec(header)?.[1];
  const plain = entra ?? header.replace(/\[[^\]]{0,80}\]/g, '');
  return fold(plain.normalize('NFKC')).replace(/[^\p{L}\p{N}]/gu, '');
}

function guessSource(headers: readonly string[], keys: readonly string[]): ColumnSource {
  const has = (name: string) => keys.includes(name);
  if (has('orgunitpath') || headers.some((header) => /\[(READ|UPLOAD) ONLY\]/i.test(header))) return 'google-workspace';
  if (has('userprincipalname')) return 'entra';
  if (has('login') || has('userlogin')) return 'okta';
  if (has('username') && (has('firstname') || has('email'))) return 'moodle';
  if (keys.some((key) => /^(cohort|course|group)\d+$|^profilefield/.test(key))) return 'moodle';
  if (has('email') && HUBSPOT.some(has)) return 'hubspot';
  const named = keys.filter((key) => key !== '');
  return has('email') && named.every((key) => TEMPLATE.has(key)) ? 'template' : 'unknown';
}

const ACTIVE = ['active', 'enabled', 'true', 'password_expired', 'recovery', 'locked_out', 'provisioned', 'staged'];
const SUSPENDED = ['suspended', 'inactive', 'disabled', 'deactivated', 'deprovisioned', 'blocked', 'archived', 'false'];

/** An empty status means active, null unknown. Moodle says `suspended`, Entra's form `Block sign in (Yes/No)`. */
export function readStatus(value: string, source: ColumnSource): 'active' | 'suspended' | null {
  const word = fold(value.trim()).replace(/[\s-]+/g, '_');
  if (word === '') return 'active';
  const asksForBlock = source === 'moodle' || source === 'entra';
  if (['1', 'yes', 'y'].includes(word)) return asksForBlock ? 'suspended' : 'active';
  if (['0', 'no', 'n'].includes(word)) return asksForBlock ? 'active' : 'suspended';
  if (source === 'moodle' && (word === 'true' || word === 'false')) return word === 'true' ? 'suspended' : 'active';
  if (ACTIVE.includes(word)) return 'active';
  return SUSPENDED.includes(word) ? 'suspended' : null;
}

/** `a; b|c` is a, b, c: trimmed, without empty values or repetitions (ignoring case). */
export function splitValues(value: string): string[] {
  const values = new Map<string, string>();
  for (const part of value.split(/[;|]/)) {
    const word = part.trim();
    const key = word.toLowerCase();
    if (word !== '' && !values.has(key)) values.set(key, word);
  }
  return [...values.values()];
}
