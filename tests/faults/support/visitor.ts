import { testPassword } from '@tests/support/sign-in';

/** `status` 0: no answer at all. */
export type Visit = { status: number; location: string | null; retryAfter: string | null; text: string; ms: number };

/** A browser without scripts: keeps cookies and sends forms with their hidden fields. */
export type Visitor = ReturnType<typeof makeVisitor>;

const timeoutMs = 20_000;

/** `source`: the address that a proxy in front would write. */
export function makeVisitor(origin: string, source?: string) {
  const cookies = new Map<string, string>();

  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

  async function visit(path: string, form?: Record<string, string> | FormData): Promise<Visit> {
    const begun = performance.now();
    const body = form instanceof FormData || form === undefined ? form : new URLSearchParams(form);
    try {
      const response = await fetch(new URL(path, origin), {
        method: form ? 'POST' : 'GET',
        redirect: 'manual',
        headers: {
          cookie: cookie(),
          accept: 'text/html',
          ...(form && { origin }),
          ...(source && { 'x-forwarded-for': source }),
        },
        ...(body && { body }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await response.text();
      for (const line of response.headers.getSetCookie()) keep(line);
      const { status, headers } = response;
      const answer = { status, location: headers.get('location'), retryAfter: headers.get('retry-after'), text };
      return { ...answer, ms: performance.now() - begun };
    } catch (error) {
      const text = error instanceof Error ? `${error.message} ${String(error.cause ?? '')}` : String(error);
      return { status: 0, location: null, retryAfter: null, text, ms: performance.now() - begun };
    }
  }

  function keep(line: string) {
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }

  return {
    visit,
    cookie,
    async signIn(email: string) {
      const answer = await visit('/api/auth/callback/credentials', { email, password: testPassword });
      if (answer.status !== 303 || answer.location?.includes('error'))
        throw new Error(`Signing in answered ${answer.status} ${answer.location}`);
    },
    /** The hidden fields of the form on `path` that has a field called `field`. */
    async hiddenFields(path: string, field: string): Promise<[name: string, value: string][]> {
      const { status, text } = await visit(path);
      const form = text.split('<form').find((part) => part.split('</form>')[0]?.includes(`name="${field}"`));
      if (!form) throw new Error(`${path} answered ${status} without a form that has ${field}.`);
      const inputs = form.split('</form>')[0]?.match(/<input[^>]*type="hidden"[^>]*>/g) ?? [];
      return inputs.map((input) => [attribute(input, 'name'), attribute(input, 'value')]);
    },
  };
}

function attribute(tag: string, name: string): string {
  const found = tag.split(` ${name}="`)[1]?.split('"')[0] ?? '';
  return found.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}

export function asForm(hidden: [name: string, value: string][], fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of hidden) if (!(name in fields)) form.append(name, value);
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}
