'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useRef, useSyncExternalStore, useTransition } from 'react';
import { SelectField } from '@/components/form/select-field';
import { TextField } from '@/components/form/text-field';
import { Button } from '@/components/ui/button';
import { TextLink } from '@/components/ui/text-link';
import type { InviteChoices } from '../form-options.queries';

type Props = { choices: InviteChoices };

/**
 * It decides which roles and groups can be granted. Choosing one changes only the address, so the rest of the form stays
 * as it is; without scripts the form is sent and comes back with what was typed.
 */
export function OrganizationChoice({
  choices: { organization, organizations, isCut, find, mayChoosePlatform },
}: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { show, isLoading } = useShow(box);
  if (!mayChoosePlatform && organizations.length <= 1 && !isCut) {
    return (
      <p>
        <input type="hidden" name="organization" value={organization?.id ?? ''} />
        <span className="block font-medium text-sm">Organization</span>
        <span className="text-sm">{organization?.name ?? 'None where you can add people'}</span>
      </p>
    );
  }
  if (organizations.length === 0 && !isCut) {
    return (
      <p className="text-ink-soft">
        <input type="hidden" name="organization" value="" />
        There are no <TextLink href="/organizations">organizations</TextLink> yet, so this person is invited to the
        platform itself. Create one first if they belong to one.
      </p>
    );
  }
  const findHint =
    organizations.length === 0 ? 'No organization has this in its name.' : 'Part of its name. Then choose it below.';
  return (
    // A choice alone is nothing that could be lost.
    <div ref={box} onInput={(event) => event.stopPropagation()} aria-busy={isLoading} className="flex flex-col gap-4">
      {isCut && (
        <div className="flex items-end gap-2">
          <div className="min-w-0 flex-1">
            <TextField
              key={find}
              name="findOrganization"
              label="Find an organization"
              hint={findHint}
              type="search"
              optional
              defaultValue={find}
              onKeyDown={(event) => event.key === 'Enter' && show(event)}
            />
          </div>
          <ChooseButton label="Search" onChoose={show} />
        </div>
      )}
      <div
        onChange={(event) => event.target instanceof HTMLSelectElement && show(event)}
        className="flex items-end gap-2"
      >
        <div className="min-w-0 flex-1">
          <SelectField
            key={organization?.id ?? ''}
            name="organization"
            label="Organization"
            hint="Decides which roles and groups you can grant."
            optional={mayChoosePlatform}
            {...(mayChoosePlatform && { placeholder: 'None: the whole platform' })}
            options={organizations.map(({ id, name }) => ({ value: id, label: name }))}
            chosen={organization?.id ?? ''}
          />
        </div>
        <span className="hidden noscript:block">
          <ChooseButton label="Show its roles" onChoose={show} />
        </span>
      </div>
    </div>
  );
}

function useShow(box: React.RefObject<HTMLDivElement | null>) {
  const router = useRouter();
  const path = usePathname();
  const [isLoading, load] = useTransition();
  const show = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    const fields = box.current?.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select') ?? [];
    const search = new URLSearchParams([...fields].map(({ name, value }) => [name, value]));
    load(() => router.replace(`${path}?${search}`, { scroll: false }));
  };
  return { show, isLoading };
}

const never = () => () => undefined;

/** With scripts it sends nothing, and Enter in another field does not mean it. */
function ChooseButton({
  label,
  onChoose,
}: {
  label: string;
  onChoose: (event: { preventDefault: () => void }) => void;
}) {
  const hasScripts = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <Button
      type={hasScripts ? 'button' : 'submit'}
      name="intent"
      value="choose"
      tone="secondary"
      size="lg"
      onClick={hasScripts ? onChoose : undefined}
    >
      {label}
    </Button>
  );
}
