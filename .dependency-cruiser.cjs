/** Which way the arrows may run. Tests, e2e/, bench/, load/ and local/ may use anything. */
const notTests = '\\.test\\.tsx?$|/testing/';

/** Files of `from` may use nothing of the project outside `to`. */
const only = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^${from}/`, pathNot: notTests },
  to: {
    path: '^(activities|api|bench|domain|e2e|load|local|observability|supabase|temporal|web|worker|workflows)/',
    pathNot: `^(${to})/`,
  },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or three.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      comment: 'Every import leads somewhere.',
      severity: 'error',
      from: {},
      // The site's build is made by Vite from its own sources.
      to: { couldNotResolve: true, pathNot: '^virtual:remix/server-build$' },
    },
    only('domain-is-alone', 'What a search, a run and a posting are depends on nothing.', 'domain', 'domain'),
    only(
      'observability-is-shared',
      'How processes log, measure and trace knows the settings parser alone.',
      'observability',
      'observability|domain',
    ),
    only(
      'temporal-is-shared',
      'How Temporal is reached knows the settings parser alone.',
      'temporal',
      'temporal|domain',
    ),
    only('activities-use-domain', 'Activities know the domain.', 'activities', 'activities|domain'),
    only(
      'workflows-are-apart',
      'Workflows know the domain and the types of activities.',
      'workflows',
      'workflows|activities|domain',
    ),
    only(
      'worker-hosts-them',
      'The worker puts activities and workflows together.',
      'worker',
      'worker|workflows|activities|domain|observability|temporal',
    ),
    only(
      'api-starts-workflows',
      'The API knows workflows, never the worker.',
      'api',
      'api|workflows|activities|domain|observability|temporal',
    ),
    only(
      'web-asks-the-api',
      'The site speaks to the API over HTTP; it shares the settings parser and plain words.',
      'web',
      'web|domain|observability',
    ),
    {
      name: 'workflows-import-types-only',
      comment: 'An activity in the workflow bundle would run inside the sandbox.',
      severity: 'error',
      from: { path: '^workflows/', pathNot: notTests },
      to: { path: '^activities/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'workflows-are-deterministic',
      comment: "Node's modules and clients do not belong into the workflow sandbox.",
      severity: 'error',
      from: { path: '^workflows/', pathNot: notTests },
      to: {
        path: '^(@supabase|postgres|fastify|undici|@temporalio/(client|worker|activity|testing))',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'product-needs-no-dev-package',
      comment: 'A deployment installs dependencies, not devDependencies.',
      severity: 'error',
      // The site's table of routes is read by the build alone.
      from: {
        path: '^(activities|api|domain|observability|temporal|web/app|worker|workflows)/',
        pathNot: `${notTests}|^web/app/routes\\.ts$`,
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|coverage|\\.data|\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json'],
    },
  },
};
