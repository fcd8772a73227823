import { Card } from '@/components/ui/card';
import type { SupportContact } from '@/features/account/access.queries';

export function SupportContacts({ contacts }: { contacts: SupportContact[] }) {
  if (contacts.length === 0) return null;
  return (
    <div className="mb-8 grid gap-5">
      {[...Map.groupBy(contacts, ({ organization }) => organization)].map(([organization, people]) => (
        <Card key={organization} title={`In ${organization}`} description="They manage its people and their access.">
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
