'use client';

import { type ReactNode, useEffect, useState } from 'react';

const shown = new Set<string>();

/** Shows what it holds until it is left: the router keeps pages, and Back would bring a notice up again. */
export function Once({ id, children }: { id: string; children: ReactNode }) {
  const [wasShown] = useState(() => shown.has(id));
  useEffect(() => () => void shown.add(id), [id]);
  return wasShown ? null : children;
}
