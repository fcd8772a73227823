type Props = {
  /** What the frame shows; read out. */
  title: string;
  html: string;
  /** The page's style nonce; without it a strict policy shows the mail unstyled, but whole. */
  nonce?: string | undefined;
};

/** A mail as its reader sees it. The frame may do nothing: no scripts, no forms, no way out, nothing from elsewhere. */
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

/**
 * Mails are styled by attributes, which our pages' policy forbids and a `srcdoc` frame inherits. They become rules of one
 * style element with the page's nonce. Only looks depend on this: what it does not understand stays as it is.
 */
function withNonce(html: string, nonce: string): string {
  const rules: string[] = [];
  const body = html.replace(/(<[a-z][^<>]*?)\sstyle="([^"<>]*)"/gi, (_whole, before: string, style: string) => {
    rules.push(`[data-look="${rules.length}"]{${style.replaceAll('&quot;', '"').replaceAll('&#x27;', "'")}}`);
    return `${before} data-look="${rules.length - 1}"`;
  });
  const own = body.replace(/<style(?=[\s>])/gi, `<style nonce="${nonce}"`);
  // Ours first, so that the mail's own sheet, for dark screens, still wins.
  const sheet = `<style nonce="${nonce}">${rules.join('\n')}</style>`;
  return own.includes('<head>') ? own.replace('<head>', () => `<head>${sheet}`) : `${sheet}${own}`;
}
