type Props = {
  title: string;
  html: string;
  /** The page's style nonce. Without it a strict policy shows the mail unstyled but complete. */
  nonce?: string | undefined;
};

/** A mail as its reader sees it. The sandbox allows no scripts, no forms and no links out. */
export function MailFrame({ title, html, nonce }: Props) {
  return (
    <iframe
      title={title}
      sandbox=""
      referrerPolicy="no-referrer"
      srcDoc={nonce ? withNonce(html, nonce) : html}
      className="block h-[34rem] w-full rounded-ui border border-line bg-surface"
    />
  );
}

// A `srcdoc` frame inherits our policy, which forbids style attributes: they become rules of one sheet with the nonce.
// A style it cannot parse stays as it is and only changes the looks.
function withNonce(html: string, nonce: string): string {
  const rules: string[] = [];
  const body = html.replace(/(<[a-z][^<>]*?)\sstyle="([^"<>]*)"/gi, (_whole, before: string, style: string) => {
    rules.push(`[data-look="${rules.length}"]{${style.replaceAll('&quot;', '"').replaceAll('&#x27;', "'")}}`);
    return `${before} data-look="${rules.length - 1}"`;
  });
  const own = body.replace(/<style(?=[\s>])/gi, `<style nonce="${nonce}"`);
  // First, so that the mail's own style sheet for dark screens still wins.
  const sheet = `<style nonce="${nonce}">${rules.join('\n')}</style>`;
  return own.includes('<head>') ? own.replace('<head>', () => `<head>${sheet}`) : `${sheet}${own}`;
}
