import { Avatar } from './avatar';
import { TextLink } from './text-link';

type Props = {
  name: string;
  email: string;
  href?: string;
  size?: 'sm' | 'md' | 'lg';
  tone?: number;
};

export function Person({ name, email, href, size = 'md', tone }: Props) {
  const shown = name.trim() || email;
  return (
    <span className="relative flex min-w-0 items-center gap-3">
      <Avatar name={name} email={email} size={size} tone={tone} />
      <span className="min-w-0 leading-[1.2rem]" title={`${shown} ${email}`.trim()}>
        {href ? (
          // The pseudo-element makes the whole block clickable, not only the text.
          <TextLink
            href={href}
            quiet
            className="block truncate outline-none! after:absolute after:-inset-x-1 after:inset-y-0 after:rounded-inner focus-visible:after:outline-2 focus-visible:after:outline-accent-text"
          >
            {shown}
          </TextLink>
        ) : (
          <span className="block truncate font-medium">{shown}</span>
        )}
        {shown !== email && <span className="block truncate text-[13px] text-ink-soft">{email}</span>}
      </span>
    </span>
  );
}
