declare const canonical: unique symbol;

/** A validated address: lowercase ASCII, `local@domain`, at most 254 characters. Only `parseEmail` makes one. */
export type EmailAddress = string & { readonly [canonical]: true };

export type EmailProblem =
  | 'missing'
  | 'too_long'
  | 'control_characters'
  | 'lookalike_characters'
  | 'not_an_address'
  | 'local_not_ascii'
  | 'local_part'
  | 'domain'
  | 'ip_address';

export type ParsedEmail = { ok: true; email: EmailAddress } | { ok: false; reason: EmailProblem };

const MAX_ADDRESS = 254;
const MAX_LOCAL = 64;
const MAX_DOMAIN = 253;
// Longer input is refused before any Unicode work.
const MAX_INPUT = 1000;

// RFC 5322 dot-atom, after lowercasing.
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const TOP_LABEL = /^[a-z][a-z0-9-]*[a-z0-9]$/;
const UNICODE_LABEL = /^[\p{L}\p{N}\p{M}-]+$/u;
// IDNA silently drops these characters: two spellings would become one address.
const DROPPED_BY_IDNA = /\p{Default_Ignorable_Code_Point}/u;
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const ASCII = /^[\x21-\x7e]+$/;

const refuse = (reason: EmailProblem): ParsedEmail => ({ ok: false, reason });

/**
 * The one form that Rollcall stores, compares and mails to: trimmed, lowercase, the domain in ASCII (UTS 46). What NFKC
 * changes is refused, because a mailer that folds later would write to somebody else. Never throws.
 */
export function parseEmail(input: string): ParsedEmail {
  const typed = input.trim();
  if (typed === '') return refuse('missing');
  if (typed.length > MAX_INPUT) return refuse('too_long');
  if (CONTROL.test(typed)) return refuse('control_characters');
  if (typed.normalize('NFKC') !== typed) return refuse('lookalike_characters');

  const at = typed.indexOf('@');
  if (at < 1 || at !== typed.lastIndexOf('@') || at === typed.length - 1) return refuse('not_an_address');
  const typedLocal = typed.slice(0, at);
  const typedDomain = typed.slice(at + 1);
  if (/[\s,;<>()"\\]/.test(typed)) return refuse('not_an_address');
  if (!ASCII.test(typedLocal)) return refuse('local_not_ascii');

  const local = typedLocal.toLowerCase();
  if (local.length > MAX_LOCAL) return refuse('too_long');
  if (!LOCAL_PART.test(local)) return refuse('local_part');
  if (isAddressLiteral(typedDomain)) return refuse('ip_address');

  const domain = asciiDomain(typedDomain);
  if (domain === null) return refuse('domain');
  const email = `${local}@${domain}`;
  if (email.length > MAX_ADDRESS) return refuse('too_long');
  return { ok: true, email: email as EmailAddress };
}

/** The owner can recognize it, but nobody can write to it: `n…@acme.com`. */
export function maskEmail(email: string): string {
  return `${email.slice(0, 1)}…${email.slice(email.indexOf('@'))}`;
}

function isAddressLiteral(domain: string): boolean {
  return domain.startsWith('[') || /^[0-9.]+$/.test(domain) || /^[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*$/i.test(domain);
}

/** Our label grammar is checked first: `URL` alone accepts ports, percent-encoding, other dots and brackets. */
function asciiDomain(typed: string): string | null {
  const lower = typed.toLowerCase();
  if (lower.normalize('NFKC') !== lower || DROPPED_BY_IDNA.test(lower)) return null;
  if (!lower.split('.').every((label) => UNICODE_LABEL.test(label))) return null;
  const ascii = ASCII.test(lower) ? lower : hostOf(lower);
  if (ascii === null || ascii.length > MAX_DOMAIN) return null;

  const labels = ascii.split('.');
  if (labels.length < 2 || !labels.every((label) => LABEL.test(label))) return null;
  return TOP_LABEL.test(labels.at(-1) ?? '') ? ascii : null;
}

/** What is stored for a part of a domain, or of an address: each whole label in ASCII. Null if nothing would change. */
export function asciiLabels(typed: string): string | null {
  const at = typed.lastIndexOf('@') + 1;
  const labels = typed.slice(at).toLowerCase().normalize('NFC').split('.');
  const written = labels.map((label) => (UNICODE_LABEL.test(label) && !ASCII.test(label) ? hostOf(label) : label));
  const ascii = written.every((label) => label !== null) ? written.join('.') : null;
  return ascii === null || ascii === labels.join('.') ? null : typed.slice(0, at) + ascii;
}

function hostOf(domain: string): string | null {
  const url = URL.parse(`http://${domain}`);
  return url === null ? null : url.hostname;
}

const WORDS: Record<EmailProblem, string> = {
  missing: 'Enter an email address, such as name@acme.com.',
  too_long: 'This address is too long. Use at most 64 characters before the @ and 254 in all.',
  control_characters: 'This address contains a line break or another hidden character. Type it again by hand.',
  lookalike_characters:
    'This address contains characters that only look like ordinary ones. Type it again with plain letters, such as name@acme.com.',
  not_an_address: 'This is not one email address. Use an address such as name@acme.com.',
  local_not_ascii:
    'Letters outside a–z before the @ are not supported. Ask for an address such as name@acme.com; after the @ they may stay.',
  local_part:
    'The part before the @ is not complete. Check its dots and signs, or use an address such as name@acme.com.',
  domain: 'The part after the @ is not a domain. Use a full domain such as acme.com.',
  ip_address: 'Addresses with a number instead of a domain are not supported. Use an address such as name@acme.com.',
};

export function emailProblemText(reason: EmailProblem): string {
  return WORDS[reason];
}
