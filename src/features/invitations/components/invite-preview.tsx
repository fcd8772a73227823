'use client';

import { useContext, useEffect, useRef } from 'react';
import { FormContext } from '@/components/form/form-context';
import { MailFrame } from '@/components/ui/mail-frame';

/** The email as it would be sent. Takes the focus, so that nobody misses it. */
export function InvitePreview({ nonce }: { nonce: string | undefined }) {
  const { preview } = useContext(FormContext).state;
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (preview) box.current?.focus();
  }, [preview]);
  if (!preview) return null;
  return (
    <section ref={box} tabIndex={-1} aria-label="Preview of the email" className="flex flex-col gap-2">
      <h2 className="font-semibold text-base leading-6">Preview: nothing was sent</h2>
      <p className="text-ink-soft">
        Subject: <span className="text-ink">{preview.subject}</span>
      </p>
      <MailFrame title="The email" html={preview.html} nonce={nonceOfDocument() ?? nonce} />
    </section>
  );
}

/** After client-side navigation, the document still has the policy of the page that was loaded first. */
function nonceOfDocument(): string | undefined {
  if (typeof document === 'undefined') return undefined;
  return document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce || undefined;
}
