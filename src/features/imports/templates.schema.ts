export const templates = {
  people: {
    fileName: 'rollcall-people.csv',
    header: ['email', 'first_name', 'last_name', 'role', 'organization'],
    example: ['ada@example.com', 'Ada', 'Lovelace', 'member', 'Acme Corp'],
  },
  groups: {
    fileName: 'rollcall-groups.csv',
    header: ['email', 'groups'],
    example: ['ada@example.com', 'Volunteers; Trainers'],
  },
} as const;

export function isTemplateName(name: unknown): name is keyof typeof templates {
  return typeof name === 'string' && Object.hasOwn(templates, name);
}
