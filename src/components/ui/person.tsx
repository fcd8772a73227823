import { Avatar } from './avatar';
import { TextLink } from './text-link';

type Props = {
  /** Empty while somebody invited has not given a name; the address stands in. */
  name: string;
  email: string;
  href?: string;
  size?: 'sm' | 'md' | 'lg';
};

/** A person, the same everywhere: initials, name, address. */
export function Person({ name, email, href, size = 'md' }: Props) {
  const shown = name.trim() || email;
  return (
    <span className="flex min-w-0 items-center gap-3">
      <Avatar name={name} email={email} size={size} />
      <span className="min-w-0 leading-[1.15rem]">
        <span className="block truncate" title={shown}>
          {href ? (
            <TextLink href={href} quiet>
              {shown}
            </TextLink>
          ) : (
            <span className="font-medium">{shown}</span>
          )}
        </span>
        {shown !== email && (
          <span className="block truncate text-[13px] text-ink-soft" title={email}>
            {email}
          </span>
        )}
      </span>
    </span>
  );
}
