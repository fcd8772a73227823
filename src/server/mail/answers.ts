/**
 * `unavailable`: no connection, TLS or sign-in; says nothing about this mail. `later`: 4xx. `refused`: 5xx, `bounced`
 * when that is about the recipient or the mail. `unsure`: the connection broke between the first byte and the answer.
 */
export type SendResult =
  | { kind: 'sent'; response: string }
  | { kind: 'unavailable' | 'later' | 'unsure'; response: string | null; sentence: string }
  | { kind: 'refused'; bounced: boolean; response: string | null; sentence: string };

type SmtpError = Error & { code?: string; command?: string; response?: string; responseCode?: number };

const answerChars = 500;

const unreachable: Record<string, string> = {
  EDNS: 'The host name of the mail server cannot be found.',
  ETLS: 'The mail server offers no trusted encryption, so nothing was sent.',
  EAUTH: 'The mail server does not accept the user name and password of SMTP_URL.',
  ETIMEDOUT: 'The mail server did not answer in time.',
};

/** Reads an error of nodemailer. `begun`: whether the content of the mail had begun to flow. */
export function toSendResult(error: unknown, begun: boolean): SendResult {
  const { code = '', command = '', response, responseCode = 0 } = error as SmtpError;
  const answer = trimAnswer(response);
  if (code === 'EENVELOPE' || code === 'EMESSAGE') {
    if (responseCode >= 500) return refused(command, answer);
    if (responseCode >= 400 && responseCode !== 421) {
      return {
        kind: 'later',
        response: answer,
        sentence: 'The mail server asked for this mail to be sent again later.',
      };
    }
    if (responseCode === 0 && !begun) return refused(command, answer);
  }
  if (begun && responseCode === 0) {
    return { kind: 'unsure', response: answer, sentence: 'The connection broke before the mail server answered.' };
  }
  return { kind: 'unavailable', response: answer, sentence: unreachable[code] ?? 'The mail server cannot be reached.' };
}

function refused(command: string, response: string | null): SendResult {
  if (command === 'MAIL FROM') {
    return {
      kind: 'refused',
      bounced: false,
      response,
      sentence: 'The mail server does not accept our sender address.',
    };
  }
  const sentence = /^RCPT/.test(command)
    ? 'The mail server does not accept this recipient.'
    : 'The mail server does not accept this mail.';
  return { kind: 'refused', bounced: response !== null, response, sentence };
}

/** Keeps one line, so that a server's answer cannot forge a line in a log. */
function trimAnswer(response: string | undefined): string | null {
  const line = (response ?? '').replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line === '' ? null : line.slice(0, answerChars);
}
