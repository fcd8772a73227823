'use client';

import { useActionState } from 'react';
import { SubmitButton } from '@/components/form/submit-button';
import { emptyState } from '@/lib/form-state';
import { signOutAction } from '../sessions.actions';

export function SignOutButton() {
  const [state, send] = useActionState(signOutAction, emptyState);
  return (
    <form action={send}>
      <SubmitButton tone="quiet">Sign out</SubmitButton>
      {state.formError && <p role="alert">{state.formError}</p>}
    </form>
  );
}
