/** What both projects share: TypeScript by SWC, as CommonJS. */
const shared = {
  testEnvironment: 'node',
  transform: {
    '^.+\\.(m?[jt]sx?)$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // Packages that come as ES modules only.
  transformIgnorePatterns: [
    '/node_modules/(?!(jose|fastify-type-provider-zod|@faker-js/faker|iso-3166|feed)/)',
  ],
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/.data/'],
};

/** Needs processes: a database, Supabase, Temporal, a browser. */
const stackTests = ['<rootDir>/**/*.stack.test.ts', '<rootDir>/e2e/**/*.e2e.test.ts'];

export default {
  // Bounds what can no longer come to an end: it says nothing about speed, nor does a hook that starts a stack and a browser.
  testTimeout: 900_000,
  // The stack's suites start real processes, and wait for them most of the time: two at once, whatever the machine.
  maxWorkers: 2,
  testSequencer: '<rootDir>/local/testing/longest-first.mjs',
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/**/*.test.{ts,tsx}'],
      testPathIgnorePatterns: ['/node_modules/', '\\.stack\\.test\\.ts$', '\\.e2e\\.test\\.ts$'],
    },
    {
      ...shared,
      displayName: 'stack',
      testMatch: stackTests,
      globalSetup: '<rootDir>/local/testing/global-setup.mjs',
      globalTeardown: '<rootDir>/local/testing/global-teardown.mjs',
    },
  ],
};
