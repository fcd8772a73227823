'use client';

import { useState } from 'react';
import { type Theme, themeCookie } from '@/lib/theme';
import { Icon } from '../ui/icon';
import type { IconName } from '../ui/icons';
import { setCookie } from '../ui/set-cookie';

const choices: { theme: Theme; label: string; icon: IconName }[] = [
  { theme: 'system', label: 'System', icon: 'monitor' },
  { theme: 'light', label: 'Light', icon: 'sun' },
  { theme: 'dark', label: 'Dark', icon: 'moon' },
];

const aYear = 365 * 24 * 60 * 60;

export function ThemeSwitch({ theme }: { theme: Theme }) {
  const [chosen, setChosen] = useState(theme);
  const choose = (next: Theme) => {
    setChosen(next);
    applyTheme(next);
  };
  return (
    <fieldset className="noscript:hidden">
      <legend className="sr-only">Theme</legend>
      <div className="grid grid-cols-3 gap-0.5 rounded-ui bg-hover p-0.5">
        {choices.map(({ theme: each, label, icon }) => (
          <label
            key={each}
            className="flex h-7 items-center justify-center gap-1.5 rounded-inner px-2 text-ink-soft text-xs has-checked:bg-surface has-checked:font-medium has-checked:text-ink has-checked:shadow-[0_0_0_1px_var(--color-line)] has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="theme"
              value={each}
              checked={chosen === each}
              onChange={() => choose(each)}
              className="sr-only"
            />
            <Icon name={icon} className="size-3.5" />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function applyTheme(theme: Theme) {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  setCookie(themeCookie, theme, theme === 'system' ? 0 : aYear);
}
