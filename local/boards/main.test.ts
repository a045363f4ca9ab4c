import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const start = (env: Record<string, string>) =>
  spawn(process.execPath, ['--import', 'tsx', 'local/boards/main.ts'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

test('the process says where it listens, answers, and ends when it is told to', async () => {
  const child = start({ BOARDS_PORT: '0', BOARDS_DELAY_MS: '0', LOG_LEVEL: 'info' });
  try {
    const lines = createInterface({ input: child.stdout });
    const [line] = (await once(lines, 'line')) as [string];
    const { url, port } = JSON.parse(line) as { url: string; port: number };
    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const { jobs } = (await (await fetch(`${url}/remotive.com/api/remote-jobs`)).json()) as {
      jobs: unknown[];
    };
    expect(jobs.length).toBeGreaterThan(100);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  } finally {
    child.kill('SIGKILL');
  }
});

test('a wrong setting ends it with its name', async () => {
  const child = start({ BOARDS_DELAY_MS: 'soon' });
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  expect(await once(child, 'exit')).toEqual([2, null]);
  expect(said.join('')).toContain('BOARDS_DELAY_MS');
});
