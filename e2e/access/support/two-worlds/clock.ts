/** The time in both worlds. It lies in the past, so that the cookies made for the servers have not expired. */
export const clock = new Date('2026-03-10T10:30:00.000Z');

const hourMs = 60 * 60 * 1000;
export const hoursAgo = (hours: number) => new Date(clock.getTime() - hours * hourMs);

export const freezeClock = `
  CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT timestamptz '${clock.toISOString()}' $$`;
