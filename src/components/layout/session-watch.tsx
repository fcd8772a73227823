'use client';

import { useEffect } from 'react';
import { noticeCookie } from '@/lib/notices';
import { returnPath } from '@/lib/redirects';
import { abandonUnsaved } from '../form/leaving';
import { setCookie } from '../ui/set-cookie';
import { nextPauseMs } from './session-pause';

type Props = { person: string; signIn: string };

/** Leads to sign-in when the session of this page has ended elsewhere, so that the page does not stay on the screen. */
export function SessionWatch({ person, signIn }: Props) {
  useEffect(() => watch(`/api/session?person=${person}`, () => lead(signIn)), [person, signIn]);
  return null;
}

/** How long a page that was asked to go elsewhere is given, before its session is looked at again. */
const leavingMs = 5_000;

function watch(address: string, ended: () => void): () => void {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsking = false;
  let failures = 0;
  let leavingUntil = 0;
  const plan = () => {
    clearTimeout(timer);
    if (!abort.signal.aborted && !document.hidden) timer = setTimeout(ask, nextPauseMs(failures));
  };
  const ask = async () => {
    if (isAsking) return;
    isAsking = true;
    const status = await statusOf(address, abort.signal);
    isAsking = false;
    if (abort.signal.aborted) return;
    // A lost network or a server that is down says nothing about the session.
    failures = status === 204 || status === 401 ? 0 : failures + 1;
    if (status === 401 && Date.now() > leavingUntil) ended();
    plan();
  };
  const onReturn = () => (document.hidden ? clearTimeout(timer) : void ask());
  // A link or form that is on its way decides where this page goes, for instance the form that signs out.
  const onLeaving = () => {
    leavingUntil = Date.now() + leavingMs;
  };
  const options = { signal: abort.signal };
  document.addEventListener('visibilitychange', onReturn, options);
  window.addEventListener('online', onReturn, options);
  window.addEventListener('pageshow', (event) => event.persisted && onReturn(), options);
  window.addEventListener('beforeunload', onLeaving, options);
  window.addEventListener('submit', onLeaving, { ...options, capture: true });
  plan();
  return () => {
    abort.abort();
    clearTimeout(timer);
  };
}

async function statusOf(address: string, signal: AbortSignal): Promise<number | null> {
  const timeout = AbortSignal.timeout(10_000);
  const answer = await fetch(address, { cache: 'no-store', signal: AbortSignal.any([signal, timeout]) }).catch(
    () => null,
  );
  return answer?.status ?? null;
}

/** Replaces this entry of the history, so that Back does not lead to it. */
function lead(signIn: string) {
  const notice = abandonUnsaved() ? 'session.ended-unsaved' : 'session.ended';
  const next = returnPath(location.pathname + location.search);
  setCookie(noticeCookie, notice, 60);
  location.replace(`${signIn}?notice=${notice}${next ? `&next=${encodeURIComponent(next)}` : ''}`);
}
