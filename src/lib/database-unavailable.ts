/** Tells the browser's error page that the database is unavailable: it only receives an error's digest. */
export const unavailableDigest = 'database-unavailable';
