/**
 * Every business limit of Rollcall, in one place, so that documents and tests read the same numbers as the code.
 * Units are in the names: `Ms` milliseconds, `Bytes` bytes, `Chars` UTF-16 units, `CodePoints` Unicode code points.
 */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type CsvLimits = {
  maxBytes: number;
  /** Rows that hold something. */
  maxRows: number;
  /** Rows counted with the blank ones: what a spreadsheet can hold. */
  maxRowNumber: number;
  maxColumns: number;
  maxFieldChars: number;
  /** One row with its line breaks, as decoded text. Also bounds what is kept in memory. */
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
  /** Exports of one person that run at once, and of everybody together. */
  perPerson: 2,
  atOnce: 6,
  /** Connections of one process, those that only ask for a place among them. */
  connections: 10,
  perHourPerPerson: 60,
  /** A download that takes longer is ended: it holds a snapshot of the database. */
  maxMs: 30 * MINUTE,
  /** A place that was taken and not used is given back. */
  unusedMs: 30 * SECOND,
  /** A reader who takes nothing for so long has left, whatever their connection says. */
  stalledMs: MINUTE,
  /** How often a running download asks whether its reader may still have it. */
  requestNewLinkMs: 5 * SECOND,
  /** What Postgres may sort in memory for one. */
  sortBytes: 64 * 1024 * 1024,
  maxFormBytes: 64 * 1024,
};

export const invitationLimits = {
  lifetimeMs: 7 * DAY,
  perHourPerUser: 1000,
  perHourPerOrganization: 5000,
  resendsPerDay: 5,
  maxWelcomeChars: 2000,
  /** Days of a link that go by before the first reminder, and that are left at the last one. */
  firstReminderAfterMs: 3 * DAY,
  lastReminderBeforeMs: DAY,
  /** Waiting for so long, one counts as unanswered on Home; one that ran out is told of for so long. */
  unansweredAfterMs: 3 * DAY,
  ranOutLatelyMs: 30 * DAY,
  /** With less than this left nobody is reminded any more. */
  tooLateToRemindMs: HOUR,
};

export const linkLimits = {
  passwordResetMs: 30 * MINUTE,
  emailChangeMs: DAY,
  setUpMs: HOUR,
};

export const sessionLimits = {
  idleMs: 60 * MINUTE,
  absoluteMs: 24 * HOUR,
  impersonationMs: 30 * MINUTE,
  /** A session row is touched at most this often. */
  touchEveryMs: MINUTE,
};

export const passwordLimits = {
  minCodePoints: 15,
  maxCodePoints: 128,
};

/** Delays grow after this many failures; nothing is locked for good. */
export const signInLimits = {
  failuresPerAccount: 5,
  failuresPerSource: 20,
  firstDelayMs: MINUTE,
  maxDelayMs: 15 * MINUTE,
  /** This long without an attempt, and counting starts again. */
  windowMs: HOUR,
  /** NIST SP 800-63B-4: no more failures in a row than this, whatever the source; a success or a reset starts again. */
  failuresInARow: 100,
  /** How long a device is remembered after a sign-in on it. */
  deviceMs: 365 * DAY,
};

/** Addresses of organizations that are none, tried from one source. */
export const slugGuessLimits = {
  missesPerSource: 300,
  windowMs: HOUR,
  /** How many sources are remembered at once. */
  sources: 10_000,
};

/** Mails that anybody can ask for by typing an address. */
export const passwordHelpLimits = {
  perHourPerAccount: 3,
  perHourPerSource: 30,
};

/** Confirmation mails of new addresses, by the person whose address it is and by who asks. */
export const emailChangeLimits = {
  perHourPerPerson: 5,
  perHourPerRequester: 100,
};

export const mailLimits = {
  /** To one address, of all kinds together; what comes on top waits. Nobody can use Rollcall to flood somebody. */
  perHourPerAddress: 20,
};

/** How long what nobody needs any more is kept before it is deleted. */
export const retention = {
  /** After the end of a session: what "my sessions" shows of the past. */
  sessionsMs: 90 * DAY,
  /** After a link has run out, used or not. */
  linksMs: 30 * DAY,
  signInAttemptsMs: 400 * DAY,
  /** Rows of a file after its import has ended: until then the rows that failed can be downloaded. */
  stagedRowsMs: 90 * DAY,
  /** Rows deleted in one transaction, and transactions of one kind in one run. */
  batch: 5000,
  batchesPerRun: 200,
};

export const fieldLimits = {
  nameMaxChars: 50,
  emailMaxChars: 254,
  /** E.164: a plus sign and at most fifteen digits. */
  phoneMaxDigits: 15,
  extensionMaxDigits: 10,
  pathMaxChars: 2048,
  searchMaxChars: 200,
};
