import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { baseEnvironment } from './services/process.js';
import { inProject } from './services/project-root.js';
import { startTestStack, type TestStack } from './testing/stack.js';

const run = promisify(execFile);
let stack: TestStack;
beforeAll(async () => {
  stack = await startTestStack();
});
afterAll(() => stack?.stop());

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

async function makeAdmin(...args: string[]): Promise<Outcome> {
  const script = ['--import', 'tsx', inProject('local/make-admin.ts'), ...args];
  const env = {
    ...baseEnvironment(),
    SUPABASE_URL: stack.supabaseUrl,
    SUPABASE_SERVICE_ROLE_KEY: stack.serviceRoleKey,
  } as unknown as NodeJS.ProcessEnv;
  try {
    return { code: 0, ...(await run(process.execPath, script, { cwd: inProject('.'), env })) };
  } catch (error) {
    return error as Outcome;
  }
}

test('an operator makes somebody an admin, whose next token says so, and takes it back', async () => {
  const { client, email } = await stack.createUser();
  const figures = async () => {
    await client.auth.refreshSession();
    return (await client.rpc('admin_run_figures', { p_hours: 24 })).status;
  };
  expect(await figures()).toBe(404);
  expect(await makeAdmin(email)).toMatchObject({ code: 0, stdout: expect.stringContaining('is an admin') });
  expect(await figures()).toBe(200);
  expect(await makeAdmin(email, '--remove')).toMatchObject({ code: 0 });
  expect(await figures()).toBe(404);
});

test('whoever has no account is told so, and a command that is none how it goes', async () => {
  expect(await makeAdmin('nobody@example.com')).toMatchObject({
    code: 1,
    stderr: 'There is no account nobody@example.com: sign up first.\n',
  });
  expect(await makeAdmin()).toMatchObject({ code: 2, stderr: 'npm run make-admin -- EMAIL [--remove]\n' });
});
