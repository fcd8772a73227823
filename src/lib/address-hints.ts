const meant: Record<string, string> = {
  'gmial.com': 'gmail.com',
  'gmai.com': 'gmail.com',
  'gmal.com': 'gmail.com',
  'gamil.com': 'gmail.com',
  'gmail.co': 'gmail.com',
  'gmail.con': 'gmail.com',
  'googlemail.co': 'googlemail.com',
  'hotmial.com': 'hotmail.com',
  'hotmai.com': 'hotmail.com',
  'hotmail.co': 'hotmail.com',
  'hotmail.con': 'hotmail.com',
  'outlok.com': 'outlook.com',
  'outlook.co': 'outlook.com',
  'outlook.con': 'outlook.com',
  'yaho.com': 'yahoo.com',
  'yahooo.com': 'yahoo.com',
  'yahoo.con': 'yahoo.com',
  'iclod.com': 'icloud.com',
  'icloud.con': 'icloud.com',
};

export function addressHint(email: string): string | null {
  const domain = email.slice(email.lastIndexOf('@') + 1);
  const intended = meant[domain];
  if (intended) return `Did they mean ${intended}? Then cancel this one and invite the right address.`;
  if (domain.startsWith('xn--') || domain.includes('.xn--')) {
    return 'This domain has letters outside a–z, which can look like others. Compare it with what they told you.';
  }
  return null;
}
