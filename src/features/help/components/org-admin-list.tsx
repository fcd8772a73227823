import { Card } from '@/components/ui/card';
import type { SupportContact } from '@/features/account/access.queries';

/** Who manages access in the reader's organizations. */
export function SupportContacts({ keepers }: { keepers: SupportContact[] }) {
  if (keepers.length === 0) return null;
  return (
    <div className="mb-8 grid gap-5">
      {[...Map.groupBy(keepers, ({ organization }) => organization)].map(([organization, people]) => (
        <Card
          key={organization}
          title={`In ${organization}`}
          description="They manage its people and what these may do."
        >
          <ul className="grid gap-1.5">
            {people.map(({ name, email }) => (
              <li key={email}>
                {name && `${name}, `}
                <a href={`mailto:${email}`} className="break-words text-accent-text underline underline-offset-[3px]">
                  {email}
                </a>
              </li>
            ))}
          </ul>
        </Card>
      ))}
    </div>
  );
}
