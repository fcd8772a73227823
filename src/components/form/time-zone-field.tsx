'use client';

import { useEffect, useState } from 'react';

/** Tells the server the browser's time zone, so that times are right before anybody looked for the setting. */
export function TimeZoneField() {
  const [zone, setZone] = useState('');
  useEffect(() => setZone(Intl.DateTimeFormat().resolvedOptions().timeZone), []);
  return <input type="hidden" name="timeZone" value={zone} />;
}
