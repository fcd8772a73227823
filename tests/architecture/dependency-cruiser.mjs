/** Which module may import which, as mapped in src/README.md. @type {import('dependency-cruiser').IConfiguration} */
const generated = '^src/server/db/generated/';
const prisma = '(^|node_modules/)(@prisma/|prisma$|\\.prisma)';

/** Only `place` may import these packages; other code goes through it. */
const onlyIn = (place, packages) => ({
  name: `only-${place.replace(/[^a-z]+/g, '-').replace(/^-|-$/g, '')}-knows-${packages[0]}`,
  severity: 'error',
  from: { path: '^src/', pathNot: [`^${place}`, generated] },
  to: { path: packages.map((name) => `node_modules/(@types/)?${name}/`) },
});

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    forbid(
      'no-circles',
      'Join two modules that need each other, or move what they share to a third. Importing types is fine.',
      { pathNot: generated },
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbid(
      'only-server-knows-prisma',
      'A handle from authorize() or a unit of work is the only way to the database.',
      { path: '^src/', pathNot: ['^src/server/', generated] },
      { path: [prisma, generated, 'node_modules/(@types/)?pg/', 'node_modules/pg-(boss|copy-streams)/'] },
    ),
    onlyIn('src/server/mail/', ['nodemailer', 'smtp-server']),
    onlyIn('src/lib/csv', ['papaparse']),
    onlyIn('src/server/auth/', ['@node-rs/argon2']),
    forbid(
      'server-knows-no-feature',
      'src/server runs the product; what the product does is in src/features.',
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
      'A component that knows one of our nouns belongs in that feature.',
      { path: '^src/components/' },
      { path: '^src/(features|app|server|connectors)/' },
    ),
    forbid('lib-is-pure', 'Helpers know nothing of the product.', { path: '^src/lib/' }, { path: '^src/(?!lib/)' }),
    forbid('nothing-imports-app', 'Routes are the outermost layer.', { path: '^src/(?!app/)' }, { path: '^src/app/' }),
    forbid(
      'handles-come-from-the-server',
      'Only authorize(), action(), route(), job() and the operator make a handle. Features take one as a parameter.',
      { path: '^src/(app|features|components)/' },
      {
        path: '^src/server/(handle|unit|queue/(job-queue|queues)|db/(client|shared|statements|migrate|cluster|schema-engine|application-role))',
      },
    ),
    forbid(
      'only-commands-are-operators',
      'An operator is out of every scope. Pages and features act for a person or for a job.',
      { path: '^src/', pathNot: '^src/(commands|demo)/' },
      { path: '^src/server/operator' },
    ),
    forbid(
      'only-queries-and-services-run-statements',
      'Move the statement into a queries or service file, which takes a handle.',
      { path: '^src/(app|components|features)/', pathNot: '\\.(queries|service)\\.tsx?$' },
      { path: '^src/server/(scope|principal|db/)', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'only-opening-a-link-writes-on-get',
      'A GET changes nothing else: use an action or a route.',
      { path: '^src/', pathNot: '^src/features/invitations/acceptance/opened\\.service' },
      { path: '^src/server/opening' },
    ),
    forbid(
      'only-frames-know-the-viewer',
      'viewer() checks no permission: it only shows or hides parts of a frame. Use authorize() or a route.',
      {
        path: '^src/',
        pathNot: [
          '^src/app/(.+/layout|not-found)\\.tsx$',
          '^src/app/\\(console\\)/help/',
          '/account/components/sign-in-card',
        ],
      },
      { path: '^src/server/viewer' },
    ),
    forbid(
      'features-show-four-roles',
      'Between features, only schema, policy, queries and service files are public.',
      { path: '^src/features/([^/]+)/' },
      { path: '^src/features/(?!$1/)', pathNot: '\\.(schema|policy|queries|service)\\.tsx?$' },
    ),
    forbid(
      'declarations-import-no-service',
      'A service enqueues a job and sends a mail, so what declares them imports none. Join the handler in handlers.ts.',
      { path: '^src/features/.+\\.(jobs|emails)\\.tsx?$' },
      { path: '^src/(features/.+\\.(service|actions|queries)\\.tsx?$|server/(job|work|handle)\\.ts$|handlers\\.ts$)' },
    ),
    forbid(
      'product-imports-no-test',
      'Tests import the product, never the other way round.',
      { path: '^src/' },
      { path: ['^(tests|e2e|scripts)/', 'node_modules/(vitest|@playwright|fast-check)/'] },
    ),
    forbid(
      'everything-resolves',
      'Correct the import: nothing is there.',
      { path: '^(src|tests)/' },
      { couldNotResolve: true },
    ),
    forbid(
      'no-undeclared-package',
      'Declare the package: one that another package brings can disappear with it.',
      { path: '^src/' },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
  ],
  required: [
    {
      name: 'actions-use-the-wrapper',
      comment: 'Make every server action with action(), which provides permission, transaction and trace.',
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
