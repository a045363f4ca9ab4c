import { randomUUID } from 'node:crypto';
import { launch } from '../local/services/process.js';
import { programOf } from '../local/services/programs.js';

const secrets = {
  SUPABASE_ANON_KEY: `anon-${randomUUID()}`,
  SUPABASE_JWT_SECRET: `jwt-${randomUUID()}`,
  password: randomUUID(),
};
const good: Record<string, string | undefined> = {
  API_PORT: '0',
  SUPABASE_URL: 'http://127.0.0.1:1',
  SUPABASE_ANON_KEY: secrets.SUPABASE_ANON_KEY,
  SUPABASE_JWT_SECRET: secrets.SUPABASE_JWT_SECRET,
  DATABASE_URL: `postgres://run_listener:${secrets.password}@127.0.0.1:1/postgres`,
};

async function startAndEnd(settings: Record<string, string | undefined>) {
  const started = launch(programOf('api', { ...good, ...settings }));
  try {
    return { exit: await started.exited, output: started.output() };
  } finally {
    await started.stop();
  }
}

test.each<[string, string | undefined, string]>([
  ['SUPABASE_URL', undefined, 'is missing'],
  ['SUPABASE_ANON_KEY', '', 'is missing'],
  ['DATABASE_URL', undefined, 'is missing'],
  ['SUPABASE_URL', 'ftp://127.0.0.1', 'must be an http(s) URL'],
  ['DATABASE_URL', `mysql://root:${secrets.password}@127.0.0.1/db`, 'must be a postgres:// URL'],
  ['SUPABASE_JWT_SECRET', secrets.password.slice(0, 20), ''],
  ['API_PORT', '70000', 'must be at most 65535'],
  ['API_PORT', 'http', 'must be a number'],
  ['BODY_LIMIT_BYTES', '10.5', 'must be a whole number'],
  ['REQUESTS_PER_MINUTE', '0', 'must be at least 1'],
  ['BOARDS_MODE', 'pretend', ''],
  ['LOG_LEVEL', 'loud', ''],
])('%s=%s stops the process with its name and no secret', async (name, value, reason) => {
  const { exit, output } = await startAndEnd({ [name]: value });
  expect(exit).toEqual({ code: 2, signal: null });
  expect(output).toContain(`${name}: ${reason}`);
  expect(output).toContain('.env.example');
  for (const secret of [...Object.values(secrets), secrets.password.slice(0, 20)]) {
    expect(output).not.toContain(secret);
  }
});

test('every wrong setting is named at once', async () => {
  const { exit, output } = await startAndEnd({ SUPABASE_URL: undefined, API_PORT: '-1' });
  expect(exit.code).toBe(2);
  expect(output).toContain('SUPABASE_URL');
  expect(output).toContain('API_PORT');
});
