'use client';

import { useContext } from 'react';
import { FormContext } from '@/components/form/form-context';
import { TextLink } from '@/components/ui/text-link';

export function ExistingPersonLink() {
  const { state } = useContext(FormContext);
  const email = state.values.email;
  const isKnown = state.fieldErrors.email?.some((words) =>
    /account|invitation|organization|archive|deactivated/.test(words),
  );
  if (!isKnown || typeof email !== 'string') return null;
  const q = encodeURIComponent(email.trim());
  return (
    <p className="-mt-4 flex flex-wrap gap-x-4">
      <TextLink href={`/users?q=${q}`}>Search the users</TextLink>
      <TextLink href={`/invitations?show=all&q=${q}`}>Search the invitations</TextLink>
    </p>
  );
}
