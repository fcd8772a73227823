/** Who may import whom: the map in src/README.md. @type {import('dependency-cruiser').IConfiguration} */
const generated = '^src/server/db/generated/';
const prisma = '(^|node_modules/)(@prisma/|prisma$|\\.prisma)';

/** A package that only one place may know: everybody else goes through that place. */
const onlyIn = (place, packages) => ({
  name: `only-${place.replace(/[^a-z]+/g, '-').replace(/^-|-$/g, '')}-knows-${packages[0]}`,
  severity: 'error',
  from: { path: '^src/', pathNot: [`^${place}`, generated] },
  to: { path: packages.map((name) => `node_modules/(@types/)?${name}/`) },
});

/** What lies in `from` may not import what lies in `to`. */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    forbid(
      'no-circles',
      'Two modules that need each other are one, or need a third. Types alone do no harm.',
      { pathNot: generated },
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbid(
      'only-server-knows-prisma',
      'A handle from authorize() or a unit of work is the only way to the database.',
      { path: '^src/', pathNot: ['^src/server/', generated] },
      { path: [prisma, generated, 'node_modules/(@types/)?pg/', 'node_modules/pg-(orgAdmin|copy-streams)/'] },
    ),
    onlyIn('src/server/mail/', ['nodemailer', 'smtp-server']),
    onlyIn('src/lib/csv', ['papaparse']),
    onlyIn('src/server/auth/', ['@node-rs/argon2']),
    forbid(
      'server-knows-no-feature',
      'src/server is how we run; what we do is in src/features.',
      { path: '^src/server/' },
      { path: '^src/(features|app|components|connectors|demo|commands)/' },
    ),
    forbid(
      'connectors-stand-alone',
      'A connector talks to a vendor: no database, no feature.',
      { path: '^src/connectors/' },
      { path: '^src/(features|app|components|server/(db|auth|queue|mail))/' },
    ),
    forbid(
      'components-could-ship-elsewhere',
      'What knows a noun of ours belongs into that feature.',
      { path: '^src/components/' },
      { path: '^src/(features|app|server|connectors)/' },
    ),
    forbid('lib-is-pure', 'Helpers know nothing of the product.', { path: '^src/lib/' }, { path: '^src/(?!lib/)' }),
    forbid('nothing-imports-app', 'Routes are the outermost layer.', { path: '^src/(?!app/)' }, { path: '^src/app/' }),
    forbid(
      'the-database-is-private',
      'Pages and features get a handle; the client itself is for src/server and what runs without a person.',
      { path: '^src/(app|features|components)/' },
      {
        path: '^src/server/db/(client|shared|migrate|grants|cluster|schema-engine)',
        dependencyTypesNot: ['type-only'],
      },
    ),
    forbid(
      'features-show-four-roles',
      'Between features only files of the roles schema, policy, queries and service are public.',
      { path: '^src/features/([^/]+)/' },
      { path: '^src/features/(?!$1/)', pathNot: '\\.(schema|policy|queries|service)\\.tsx?$' },
    ),
    forbid(
      'product-imports-no-test',
      'Tests see the product, never the other way round.',
      { path: '^src/' },
      { path: ['^(tests|e2e|scripts)/', 'node_modules/(vitest|@playwright|fast-check)/'] },
    ),
    forbid(
      'everything-resolves',
      'An import that leads nowhere.',
      { path: '^(src|tests)/' },
      { couldNotResolve: true },
    ),
    forbid(
      'no-undeclared-package',
      'Declare the package: what comes along with another one may leave with it.',
      { path: '^src/' },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
  ],
  required: [
    {
      name: 'actions-use-the-wrapper',
      comment: 'Every server action is made by action(): it is where permission, transaction and trace come from.',
      severity: 'error',
      module: { path: '^src/features/.+\\.actions\\.tsx?$' },
      to: { path: '^src/server/work\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^\\.next/|\\.css$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
