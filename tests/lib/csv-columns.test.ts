import { processorClock } from '@tests/support/processor';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ColumnSource,
  guessColumns,
  type ImportField,
  isPasswordHeader,
  readStatus,
  splitValues,
} from '@/lib/csv-columns';

const GOOGLE =
  'First Name [Required],Last Name [Required],Email Address [Required],Password [Required],Password Hash Function [UPLOAD ONLY],Org Unit Path [Required],New Primary Email [UPLOAD ONLY],Status [READ ONLY],Last Sign In [READ ONLY],Recovery Email,Home Secondary Email,Work Secondary Email,Recovery Phone [MUST BE IN THE E.164 FORMAT],Work Phone,Home Phone,Mobile Phone,Work Address,Employee ID,Manager Email,Department,Change Password at Next Sign-In,New Status [UPLOAD ONLY]';
const ENTRA =
  'userPrincipalName,displayName,surname,mail,givenName,id,userType,jobTitle,department,accountEnabled,usageLocation,state,country,officeLocation,city,telephoneNumber,mobilePhone,alternateEmailAddress,companyName,createdDateTime';
const ENTRA_FORM =
  'Name [displayName] Required,User name [userPrincipalName] Required,Initial password [passwordProfile] Required,Block sign in (Yes/No) [accountEnabled] Required,First name [givenName],Last name [surname],Mobile phone [mobile]';
const OKTA =
  'login,firstName,lastName,middleName,email,secondEmail,displayName,title,mobilePhone,primaryPhone,organization,department,status,password,recovery_question,recovery_answer';
const HUBSPOT =
  'Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Lifecycle Stage,Company Name,Create Date';
const MOODLE =
  'username,password,firstname,lastname,email,institution,phone1,course1,group1,role1,cohort1,cohort2,profile_field_team,suspended,auth';

function fieldsOf(header: string): Partial<Record<ImportField, string>> {
  const fields: Partial<Record<ImportField, string>> = {};
  for (const column of guessColumns(header.split(',')).columns) {
    if (column.field === null) continue;
    fields[column.field] = [fields[column.field], column.header].filter(Boolean).join('+');
  }
  return fields;
}

const files: Array<[ColumnSource, string, Partial<Record<ImportField, string>>]> = [
  [
    'template',
    'email,first_name,last_name,role,organization',
    { email: 'email', firstName: 'first_name', lastName: 'last_name', roles: 'role', organization: 'organization' },
  ],
  ['template', 'email,groups', { email: 'email', groups: 'groups' }],
  [
    'template',
    'E-Mail,Name,Phone,Roles,Status',
    { email: 'E-Mail', name: 'Name', phone: 'Phone', roles: 'Roles', status: 'Status' },
  ],
  [
    'google-workspace',
    GOOGLE,
    {
      email: 'Email Address [Required]',
      firstName: 'First Name [Required]',
      lastName: 'Last Name [Required]',
      phone: 'Work Phone+Mobile Phone',
      status: 'Status [READ ONLY]',
    },
  ],
  [
    'entra',
    ENTRA,
    {
      email: 'mail',
      firstName: 'givenName',
      lastName: 'surname',
      name: 'displayName',
      phone: 'telephoneNumber+mobilePhone',
      status: 'accountEnabled',
    },
  ],
  ['entra', 'userPrincipalName,displayName', { email: 'userPrincipalName', name: 'displayName' }],
  [
    'entra',
    ENTRA_FORM,
    {
      email: 'User name [userPrincipalName] Required',
      firstName: 'First name [givenName]',
      lastName: 'Last name [surname]',
      name: 'Name [displayName] Required',
      phone: 'Mobile phone [mobile]',
      status: 'Block sign in (Yes/No) [accountEnabled] Required',
    },
  ],
  [
    'okta',
    OKTA,
    {
      email: 'email',
      firstName: 'firstName',
      lastName: 'lastName',
      name: 'displayName',
      phone: 'mobilePhone+primaryPhone',
      organization: 'organization',
      status: 'status',
    },
  ],
  ['okta', 'login,firstName,lastName', { email: 'login', firstName: 'firstName', lastName: 'lastName' }],
  [
    'hubspot',
    HUBSPOT,
    {
      email: 'Email',
      firstName: 'First Name',
      lastName: 'Last Name',
      phone: 'Phone Number',
      organization: 'Company Name',
    },
  ],
  [
    'moodle',
    MOODLE,
    {
      email: 'email',
      firstName: 'firstname',
      lastName: 'lastname',
      phone: 'phone1',
      groups: 'cohort1+cohort2',
      status: 'suspended',
    },
  ],
  ['unknown', 'email,shoe size', { email: 'email' }],
  ['unknown', 'a,b', {}],
  ['unknown', ',', {}],
];

describe('columns of an import', () => {
  it.each(files)('of %s: %s', (source, header, fields) => {
    expect(guessColumns(header.split(',')).source).toBe(source);
    expect(fieldsOf(header)).toEqual(fields);
  });

  it.each([
    'password',
    'Password [Required]',
    'Password Hash Function [UPLOAD ONLY]',
    'Initial password [passwordProfile] Required',
    'temporary_password',
    'Passwort',
    'Kennwort',
    'contraseña',
    'Mot de passe',
    'user.password',
    'PASSWD',
    'pwd',
    'ｐａｓｓｗｏｒｄ',
    'pass-word',
    'client secret',
    'API key',
    'access_token',
    'recovery_answer',
    'salt',
    'password_hash',
  ])('%s is dropped and never stored', (header) => {
    expect(isPasswordHeader(header)).toBe(true);
    expect(guessColumns(['email', header]).columns[1]).toEqual({ index: 1, header, field: null, reason: 'password' });
  });

  it('without a field are listed as ignored', () => {
    expect(
      guessColumns(MOODLE.split(','))
        .columns.filter(({ reason }) => reason === 'ignored')
        .map(({ header }) => header),
    ).toEqual(['username', 'institution', 'course1', 'group1', 'role1', 'profile_field_team', 'auth']);
  });

  it('keep their order and give each field once, whatever their names', () => {
    const name = fc.oneof(
      fc.string(),
      fc.constantFrom('email', 'mail', 'Name', '__proto__', 'constructor', 'cohort1', 'password', 'login'),
    );
    fc.assert(
      fc.property(fc.array(name), (headers) => {
        const { columns } = guessColumns(headers);
        expect(columns.map(({ header }) => header)).toEqual(headers);
        const single = columns.map(({ field }) => field).filter((field) => field !== null && field !== 'groups');
        expect(new Set(single).size).toBe(single.length);
        for (const { field, reason } of columns) expect(field === null).toBe(reason !== undefined);
      }),
    );
  });

  it('are guessed quickly, whatever their names', () => {
    const spentMs = processorClock();
    guessColumns([
      '['.repeat(10_000),
      `${'[a'.repeat(5000)}`,
      ...Array.from({ length: 198 }, (_, index) => `column ${index}`),
    ]);
    expect(spentMs()).toBeLessThan(300);
  });
});

describe('values of an import', () => {
  it.each<[string, ColumnSource, 'active' | 'suspended' | null]>([
    ['Active', 'google-workspace', 'active'],
    ['Suspended', 'google-workspace', 'suspended'],
    ['Archived', 'google-workspace', 'suspended'],
    ['True', 'entra', 'active'],
    ['False', 'entra', 'suspended'],
    ['Yes', 'entra', 'suspended'],
    ['No', 'entra', 'active'],
    ['ACTIVE', 'okta', 'active'],
    ['DEPROVISIONED', 'okta', 'suspended'],
    ['SUSPENDED', 'okta', 'suspended'],
    ['PASSWORD_EXPIRED', 'okta', 'active'],
    ['Locked out', 'okta', 'active'],
    ['1', 'moodle', 'suspended'],
    ['0', 'moodle', 'active'],
    ['inactive', 'template', 'suspended'],
    ['1', 'template', 'active'],
    ['no', 'unknown', 'suspended'],
    ['', 'template', 'active'],
    ['on holiday', 'template', null],
  ])('the status %j of %s is %s', (word, source, status) => {
    expect(readStatus(word, source)).toBe(status);
  });

  it.each([
    ['a;b|c', ['a', 'b', 'c']],
    [' Sales ; sales ;; Ops | ', ['Sales', 'Ops']],
    ['', []],
    ['a, b', ['a, b']],
  ])('%j are several', (value, values) => {
    expect(splitValues(value)).toEqual(values);
  });
});
