/** The Postgres server of a test run, as the suites are told of it. */
export interface TestServer {
  port: number;
  secretsFile: string;
}

/** The migrated database that every suite's own is copied from. Nobody connects to it, or it could not be copied. */
export const templateDatabase = 'migrated_template';

const variable = 'STF_TEST_SERVER';

export function announceTestServer(server: TestServer): void {
  process.env[variable] = JSON.stringify(server);
}

/** @throws Error outside the Jest project `stack`, whose set-up starts the server. */
export function testServer(): TestServer {
  const text = process.env[variable];
  if (!text)
    throw new Error('No test database: name the file *.stack.test.ts or put it in e2e/ as *.e2e.test.ts.');
  return JSON.parse(text) as TestServer;
}
