import { Form } from '@/components/form/form';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { confirmInvitationAction } from '../confirm.actions';
import type { Obstacles } from '../obstacles.queries';
import { reasonFor } from '../quota.policy';

type Props = {
  id: string;
  obstacles: Obstacles | null;
  /** Why nothing can be sent in this hour, or null. */
  quota: string | null;
};

const label = 'Confirm and send';

export function NeedsConfirmation({ id, obstacles, quota }: Props) {
  const reason = obstacles && reasonFor(obstacles.confirm, quota);
  return (
    <Notice tone="warn" title="Needs confirmation">
      <p>
        Its sender can no longer grant this access, so the link does not work.{' '}
        {obstacles
          ? 'Confirming makes you its sender, responsible for its roles and groups. A new link is sent.'
          : 'An admin who can grant all of it has to confirm it.'}
      </p>
      {obstacles && (
        <div className="mt-3">
          {reason ? (
            <Button tone="primary" disabledReason={reason}>
              {label}
            </Button>
          ) : (
            <Form action={confirmInvitationAction} submitLabel={label} idPrefix="confirm" warnUnsaved={false}>
              <input type="hidden" name="id" value={id} />
            </Form>
          )}
        </div>
      )}
    </Notice>
  );
}
