import { Form } from '@/components/form/form';
import { ReasonField } from '@/components/form/reason-field';
import { type Count, countOf } from '@/lib/counts';
import { deactivateOrganizationAction, reactivateOrganizationAction } from '../deactivation.actions';

type Props = { organization: { id: string; name: string; slug: string }; people: Count };

export function DeactivateOrganizationForm({ organization: { id, name, slug }, people }: Props) {
  return (
    <Form
      action={deactivateOrganizationAction}
      submitLabel={`Deactivate ${name}`}
      submitTone="danger"
      cancelHref={`/organizations/${slug}`}
    >
      <ul className="flex max-w-prose list-disc flex-col gap-1 pl-5">
        {people !== 0 && (
          <li>
            {countOf(people, 'person', 'people')} can do nothing in {name} from their next click on: roles and groups of
            an inactive organization grant nothing.
          </li>
        )}
        <li>Accounts stay active. People can still sign in on the general page and use other access they have.</li>
        <li>
          Its sign-in address <code>/o/{slug}</code> is closed, and nobody can be invited, imported or added to it.
        </li>
        <li>Open invitations stay open. What they grant works only after a reactivation.</li>
        <li>Nothing is deleted. You can reactivate it at any time, with everything it had.</li>
      </ul>
      <input type="hidden" name="id" value={id} />
      <ReasonField hint="For System Admins, in the audit log." />
    </Form>
  );
}

export function ReactivateOrganizationForm({ organization: { id, name, slug }, people }: Props) {
  return (
    <Form
      action={reactivateOrganizationAction}
      submitLabel={`Reactivate ${name}`}
      submitTone="primary"
      cancelHref={`/organizations/${slug}`}
    >
      <ul className="flex max-w-prose list-disc flex-col gap-1 pl-5">
        <li>
          {people === 0
            ? 'It has no people yet.'
            : `The roles and groups of its ${countOf(people, 'person', 'people')} work again from their next click on.`}
        </li>
        <li>
          Its sign-in address <code>/o/{slug}</code> opens again, and people can be invited and added.
        </li>
      </ul>
      <input type="hidden" name="id" value={id} />
      <ReasonField hint="For System Admins, in the audit log." />
    </Form>
  );
}
