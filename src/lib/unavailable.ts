/** How the browser's error page tells that the database was away: an error's digest is all that reaches it. */
export const unavailableDigest = 'database-away';
