/** A person in several organizations, who acts in each of them. */
export type Overlap = { id: string; email: string };

export type House = {
  id: string;
  slug: string;
  /** Tells the addresses of this organization's people from those of their namesakes elsewhere. */
  tag: string;
  admin: string;
  overlapping: Overlap[];
  /** Hours by which its records are older, so that lists ordered by time would mix them with the others'. */
  offset: number;
  /** Which of the shared addresses have accepted here. */
  shift: number;
};

/** Ids by kind. */
export type Records = Record<
  'user' | 'group' | 'team' | 'invitation' | 'email' | 'audit event' | 'import' | 'bulk action',
  string[]
>;
