/** Returned when nothing was saved. `fieldErrors` are sentences by field, `values` what was typed, never secrets. */
export type FormState = {
  fieldErrors: Record<string, string[]>;
  formError?: string;
  values: Record<string, string | string[]>;
  /** A value from the server that is shown only once, such as an initial password. */
  once?: { label: string; value: string; until: string; next: string };
  /** What the form goes on with, such as the roles of the organization that was chosen. The form knows its shape. */
  answer?: unknown;
  preview?: { subject: string; html: string; text: string };
  conflict?: Conflict;
};

/** Times are ISO text and values plain text, because a state crosses from server to browser. */
export type Conflict = {
  /** The version the form is now based on, so that sending it again is a decision. */
  version: string;
  /** `by` and `at` are null where the reader cannot see them. */
  changes: { field: string; before: string | null; after: string | null; by: string | null; at: string | null }[];
  choices: { name: string; mine: string; theirs: string }[];
};

export const emptyState: FormState = { fieldErrors: {}, values: {} };

/** Redirects on success, otherwise returns a state. A one-button form calls it without a state and shows none. */
export type FormAction = {
  (formData: FormData): Promise<FormState>;
  (state: FormState, formData: FormData): Promise<FormState>;
};

export type PlainAction = string | ((formData: FormData) => void);
