/**
 * What a form's action answers when nothing was saved. `fieldErrors` holds sentences by field name, `values` what was
 * typed by field name. Secrets are never put into `values`.
 */
export type FormState = {
  fieldErrors: Record<string, string[]>;
  formError?: string;
  values: Record<string, string | string[]>;
  /** Something made by the server that is shown this one time, such as an initial password. */
  once?: { label: string; value: string; next: string };
  /** An email as it would be sent, rendered by the server; the form keeps what was typed. */
  preview?: { subject: string; html: string; text: string };
  /** What others saved since this form was opened. */
  conflict?: Conflict;
};

/** Times are ISO text and values plain text: a state crosses from server to browser. */
export type Conflict = {
  /** What the form is based on from now on: sending it again is a decision, not an accident. */
  version: string;
  /** `by` and `at` are null where the reader may not know. */
  changes: { field: string; before: string | null; after: string | null; by: string | null; at: string | null }[];
  /** Fields that both changed, where one of the two has to be taken. */
  choices: { name: string; mine: string; theirs: string }[];
};

/** The state of a form nobody has sent yet. */
export const emptyState: FormState = { fieldErrors: {}, values: {} };

/**
 * A server action behind a form: redirects when it worked, answers a state when it did not. A one-button form calls it
 * without a state and shows none; `<Form>` calls it with the state before.
 */
export type FormAction = {
  (formData: FormData): Promise<FormState>;
  (state: FormState, formData: FormData): Promise<FormState>;
};

/** Where a one-button form goes: an address, or a server action that redirects. */
export type PlainAction = string | ((formData: FormData) => void);
