import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { waitFor } from '../testing/wait-for.js';
import { launch, whenReady } from './process.js';
import { identify, isAlive, type ProcessIdentity } from './process-identity.js';
import { projectRoot } from './project-root.js';

const identityOf = (pid: number): ProcessIdentity => {
  const identity = identify(pid);
  if (!identity) throw new Error(`no process ${pid}`);
  return identity;
};

/** A launcher that starts one Node program and one other, and tells their pids. */
const launcher = `
  const { launch } = await import(${JSON.stringify(new URL('./process.ts', import.meta.url).href)});
  const node = launch({ name: 'node', args: ['-e', 'setInterval(() => {}, 1000)'] });
  const other = launch({ name: 'other', executable: 'sleep', args: ['1000'] }, {
    onMessage: () => console.log(JSON.stringify([...node.pids, ...other.pids])),
  });
`;

test('a killed launcher leaves no process behind', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', launcher], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const started = (JSON.parse(line) as number[]).map(identityOf);
  expect(started).toHaveLength(3);
  child.kill('SIGKILL');
  await waitFor(() => !started.some(isAlive), { what: 'all three processes to end' });
});

test('a launcher that is killed while what it starts is still being read leaves nothing behind either', async () => {
  const started = spawn(
    process.execPath,
    [
      '--import',
      // The channel closes before the program is told to look: nothing else is done meanwhile.
      `data:text/javascript,${encodeURIComponent('process.disconnect(); await new Promise((gone) => setImmediate(gone));')}`,
      '--import',
      new URL('./end-with-parent.mjs', import.meta.url).href,
      '-e',
      'setInterval(() => {}, 1000)',
    ],
    { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  );
  const [, signal] = await once(started, 'exit');
  expect(signal).toBe('SIGTERM');
});

test('a program that does not heed SIGTERM is killed, with what it started', async () => {
  const deaf = `
    process.on('SIGTERM', () => {});
    const child = require('node:child_process').spawn('sleep', ['1000']);
    process.send({ child: child.pid });
    setInterval(() => {}, 1000);
  `;
  let grandchild: ProcessIdentity | undefined;
  const started = launch(
    { name: 'deaf', args: ['-e', deaf] },
    {
      onMessage: (message) => {
        grandchild = identityOf((message as { child: number }).child);
      },
    },
  );
  await waitFor(() => grandchild, { what: 'the program to start its own' });
  const exit = await started.stop(100);
  expect(exit.signal).toBe('SIGKILL');
  await waitFor(() => grandchild && !isAlive(grandchild), { what: 'the program that it started to end' });
});

test('a program that ends before it is ready is an error with its last lines', async () => {
  const started = launch({
    name: 'The program',
    args: ['-e', 'console.log("no such setting"); process.exit(3)'],
  });
  await expect(whenReady(started, async () => false)).rejects.toThrow(
    /The program ended \(exit code 3\).*\n.*no such setting/,
  );
});

test('a program is told its own settings and nothing else of ours', async () => {
  process.env.A_SECRET_OF_OURS = 'x';
  const started = launch({
    name: 'env',
    args: ['-p', 'JSON.stringify(process.env)'],
    env: { ITS_OWN: 'y' },
  });
  await started.exited;
  delete process.env.A_SECRET_OF_OURS;
  const told = JSON.parse(started.output()) as Record<string, string>;
  expect(told).toMatchObject({ ITS_OWN: 'y' });
  expect(told).not.toHaveProperty('A_SECRET_OF_OURS');
});
