import { tsImport } from 'tsx/esm/api';

/** Jest's set-up of the project `stack`: one Postgres server for all its suites. */
export default async function globalSetup() {
  // Jest loads this file without its own transforms.
  const { startTestServer } = await tsImport('./start-test-server.ts', import.meta.url);
  globalThis.stfTestServer = await startTestServer();
}
