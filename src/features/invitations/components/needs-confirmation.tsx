import { Form } from '@/components/form/form';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { obstacleText } from '@/lib/obstacles';
import type { Obstacles } from '../obstacles.queries';
import { confirmInvitationAction } from '../resend.actions';

type Props = {
  id: string;
  /** Null for who may not invite here. */
  obstacles: Obstacles | null;
};

const label = 'Confirm and send';

/** On top of an invitation whose link opens nothing until somebody who may grant all of it takes its sender's place. */
export function NeedsConfirmation({ id, obstacles }: Props) {
  return (
    <Notice tone="warn" title="Needs confirmation">
      <p>
        Whoever sent this may no longer grant what it holds, so its link does not work.{' '}
        {obstacles
          ? 'Confirming makes you its sender: you answer for the roles and groups below, and a new link goes out.'
          : 'Somebody who may grant all of it has to confirm it.'}
      </p>
      {obstacles && (
        <div className="mt-3">
          {obstacles.confirm ? (
            <Button tone="primary" disabledReason={obstacleText[obstacles.confirm]}>
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
