'use client';

import { useActionState } from 'react';
import { SelectionBar } from '@/components/table/selection-bar';
import { Notice } from '@/components/ui/notice';
import type { Count } from '@/lib/counts';
import { emptyState } from '@/lib/form-state';
import { planInvitationsAction } from '../plan.actions';
import { labelFor } from './words';

type Props = {
  formId: string;
  total: Count;
  filter: [name: string, value: string][];
  withConfirm: boolean;
};

export function BulkBar({ formId, total, filter, withConfirm }: Props) {
  const [state, plan] = useActionState(planInvitationsAction, emptyState);
  const refusal = state.formError ?? Object.values(state.fieldErrors).flat()[0];
  return (
    <>
      {refusal && (
        <div className="mt-3">
          <Notice tone="bad">{refusal}</Notice>
        </div>
      )}
      <SelectionBar
        formId={formId}
        action={plan}
        total={total}
        filter={filter}
        actions={[
          { label: (chosen) => labelFor('resend', chosen), value: 'resend', icon: 'send' },
          ...(withConfirm
            ? [
                {
                  label: (chosen: Count | null) => labelFor('confirm', chosen),
                  value: 'confirm',
                  icon: 'circle-check' as const,
                },
              ]
            : []),
          { label: (chosen) => labelFor('cancel', chosen), value: 'cancel', icon: 'ban', tone: 'danger' },
        ]}
      />
    </>
  );
}
