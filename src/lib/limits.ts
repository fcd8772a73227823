// Units are in the names: `Ms` milliseconds, `Bytes` bytes, `Chars` UTF-16 units, `CodePoints` Unicode code points.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type CsvLimits = {
  maxBytes: number;
  /** Rows that are not blank. */
  maxRows: number;
  /** Rows including blank ones: what a spreadsheet can hold. */
  maxRowNumber: number;
  maxColumns: number;
  maxFieldChars: number;
  /** One decoded row with its line breaks. Also limits how much is kept in memory. */
  maxRecordChars: number;
};

export const csvLimits: CsvLimits = {
  maxBytes: 100 * 1024 * 1024,
  maxRows: 200_000,
  maxRowNumber: 1_048_576,
  maxColumns: 200,
  maxFieldChars: 10_000,
  maxRecordChars: 1024 * 1024,
};

export const importLimits = {
  maxRows: csvLimits.maxRows,
  maxBytes: csvLimits.maxBytes,
  uploadsPerHourPerUser: 20,
  undoWindowMs: 72 * HOUR,
};

export const exportLimits = {
  perPerson: 2,
  atOnce: 6,
  /** Connections of one process, including those that are only waiting for a seat. */
  connections: 10,
  perHourPerPerson: 60,
  /** Longer downloads are ended, because each one keeps a snapshot of the database. */
  maxMs: 30 * MINUTE,
  unusedMs: 30 * SECOND,
  /** A reader who takes nothing for this long counts as gone, whatever the connection says. */
  stalledMs: MINUTE,
  recheckMs: 5 * SECOND,
  sortBytes: 64 * 1024 * 1024,
  maxFormBytes: 64 * 1024,
};

export const invitationLimits = {
  lifetimeMs: 7 * DAY,
  resendsPerDay: 5,
  maxWelcomeChars: 2000,
  firstReminderAfterMs: 3 * DAY,
  lastReminderBeforeMs: DAY,
  /** An invitation counts as unanswered on Home after the first time; an expired one is shown there for the second. */
  unansweredAfterMs: 3 * DAY,
  ranOutLatelyMs: 30 * DAY,
  tooLateToRemindMs: HOUR,
};

export const linkLimits = {
  passwordResetMs: 30 * MINUTE,
  emailChangeMs: DAY,
  /** How long a confirmed change waits for the current address, unless that agrees or a System Admin asked. */
  emailChangeWaitMs: 3 * DAY,
  setUpMs: HOUR,
};

export const sessionLimits = {
  idleMs: 60 * MINUTE,
  absoluteMs: 24 * HOUR,
  impersonationMs: 30 * MINUTE,
  touchEveryMs: MINUTE,
};

export const passwordLimits = {
  minCodePoints: 15,
  maxCodePoints: 128,
};

/** Delays grow after this many failures; nothing is locked permanently. */
export const signInLimits = {
  failuresPerAccount: 5,
  failuresPerSource: 20,
  firstDelayMs: MINUTE,
  maxDelayMs: 15 * MINUTE,
  windowMs: HOUR,
  /** NIST SP 800-63B-4: the most failures in a row, from all sources together; a success or a reset starts again. */
  failuresInARow: 100,
  deviceMs: 365 * DAY,
};

export const slugGuessLimits = {
  missesPerSource: 300,
  windowMs: HOUR,
  sources: 10_000,
};

/** Mails that anybody can request by typing an address. */
export const passwordHelpLimits = {
  perHourPerAccount: 3,
  perHourPerSource: 30,
};

/** Mails with a link for a new password that admins send. What strangers ask for is counted apart. */
export const passwordResetLimits = {
  perHourPerPerson: 5,
  perHourPerRequester: 100,
};

export const emailChangeLimits = {
  perHourPerPerson: 5,
  perHourPerRequester: 100,
};

export const mailLimits = {
  /** To one address, all kinds together; further mails wait. This keeps Rollcall from being used to flood a mailbox. */
  perHourPerAddress: 20,
};

export const retention = {
  /** After the end of a session; "my sessions" shows them until then. */
  sessionsMs: 90 * DAY,
  /** After a link has expired, used or not. */
  linksMs: 30 * DAY,
  signInAttemptsMs: 400 * DAY,
  /** After the hour. */
  emailQuotasMs: DAY,
  dayFiguresMs: 62 * DAY,
  /** After the end of the import; until then its failed rows can be downloaded. */
  stagedRowsMs: 90 * DAY,
  batch: 5000,
  batchesPerRun: 200,
};

export const fieldLimits = {
  /** Of first and last name together; the most is twice `nameMaxChars`, which counts for each. In code points. */
  nameMinChars: 2,
  nameMaxChars: 50,
  emailMaxChars: 254,
  /** E.164: a plus sign and at most fifteen digits. */
  phoneMaxDigits: 15,
  phoneSearchMinDigits: 4,
  extensionMaxDigits: 10,
  pathMaxChars: 2048,
  searchMaxChars: 200,
};
