'use client';

import { useEffect, useState } from 'react';

/** Sends the browser's time zone, so that times are right before anybody chooses one in the preferences. */
export function TimeZoneField() {
  const [zone, setZone] = useState('');
  useEffect(() => setZone(Intl.DateTimeFormat().resolvedOptions().timeZone), []);
  return <input type="hidden" name="timeZone" value={zone} />;
}
