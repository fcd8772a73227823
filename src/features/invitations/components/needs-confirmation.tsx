import { Form } from '@/components/form/form';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { obstacleText } from '@/lib/obstacle-words';
import { confirmInvitationAction } from '../confirm.actions';
import type { Obstacles } from '../obstacles.queries';

type Props = {
  id: string;
  obstacles: Obstacles | null;
};

const label = 'Confirm and send';

export function NeedsConfirmation({ id, obstacles }: Props) {
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
