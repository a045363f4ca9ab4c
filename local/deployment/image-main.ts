import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { say } from '../../observability/standard-output.js';
import { freePort } from '../services/ports.js';
import { baseEnvironment } from '../services/process.js';
import { type ProgramName, programKinds } from '../services/programs.js';
import { startTestStack, type TestStack } from '../testing/stack.js';
import { startTestServer } from '../testing/start-test-server.js';
import { waitFor } from '../testing/wait-for.js';
import { filledIn, readComposeFile } from './compose-file.js';
import { type Image, makeImage, sizeOf } from './image.js';

/**
 * `npm run image`: makes the image's contents as the Dockerfile says, without Docker; starts worker, API and site from them
 * by the command and environment of docker-compose.temporal.yml against a local stack; asks each one's own health check; and
 * has a search run, and an operator's commands. It shows that the image holds all that they need: nothing is there but
 * production's packages.
 */
const secondsSince = (start: number) => ((Date.now() - start) / 1000).toFixed(1);
const { services } = readComposeFile();
const run = promisify(execFile);

/** What is elsewhere on this machine than in the containers' networks. */
type Elsewhere = Record<string, string>;

class Container {
  private readonly child: ChildProcess;
  private readonly lines: string[] = [];
  private readonly env: NodeJS.ProcessEnv;

  constructor(
    readonly name: ProgramName,
    private readonly image: Image,
    settings: Record<string, string>,
    elsewhere: Elsewhere,
    private readonly ports: Record<string, string>,
  ) {
    const service = services[name];
    const [program = '', ...args] = service?.command ?? [];
    const own = Object.entries(service?.environment ?? {}).flatMap(([key, value]) => {
      // Without a value it is handed on.
      const given = value === null ? settings[key] : filledIn(value, settings);
      return given === undefined ? [] : [[key, given] as const];
    });
    this.env = {
      ...baseEnvironment(),
      ...image.env,
      ...Object.fromEntries(own),
      ...elsewhere,
    } as NodeJS.ProcessEnv;
    this.child = spawn(program, args, {
      cwd: image.folder,
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => this.lines.push(String(chunk)));
    }
  }

  /** The health check's own command, at the port that the process has here. */
  async healthy(): Promise<void> {
    const [, program = '', ...args] = services[this.name]?.healthcheck?.test ?? [];
    const here = args.map((arg) => arg.replace(/:(\d+)\//, (_, port: string) => `:${this.ports[port]}/`));
    await waitFor(
      () => {
        if (this.child.exitCode !== null) throw new Error(`it ended:\n${this.lines.join('')}`);
        return new Promise<boolean>((resolve) =>
          spawn(program, here, { cwd: this.image.folder, env: this.env, stdio: 'ignore' }).once(
            'close',
            (code) => resolve(code === 0),
          ),
        );
      },
      { what: `${this.name} to be healthy`, intervalMs: 200 },
    ).catch((error) => {
      throw new Error(`${error.message}\n${this.lines.slice(-40).join('')}`);
    });
  }

  /** As `docker compose exec` runs a command in it. @throws Error with what it said when it fails. */
  async exec(program: string, ...args: string[]): Promise<string> {
    const { stdout } = await run(program, args, { cwd: this.image.folder, env: this.env });
    return stdout;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('close', resolve));
    this.child.kill('SIGTERM');
    await gone;
  }
}

/** A person signs up and searches through the API. */
async function searchOnce(stack: TestStack, apiUrl: string): Promise<string> {
  const person = await stack.createUser();
  const response = await fetch(`${apiUrl}/runs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${person.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ parameters: { title: 'engineer', boards: ['jobicy'] } }),
  });
  if (response.status !== 202) throw new Error(`the search was answered ${response.status}`);
  const { run } = (await response.json()) as { run: { id: string } };
  return waitFor(
    async () => {
      const [row] = await stack.sql`select status from search_runs where id = ${run.id}`;
      return !['pending', 'running'].includes(row?.status) && (row?.status as string);
    },
    { what: 'the search to end' },
  );
}

async function tryOut(image: Image): Promise<void> {
  const server = await startTestServer();
  const stack = await startTestStack({ temporal: true });
  const running: Container[] = [];
  try {
    const boards = await stack.startProcess('boards');
    const [api, worker, web] = await Promise.all([freePort(), freePort(), freePort()]).then((all) =>
      all.map(String),
    );
    const metrics = (await Promise.all([freePort(), freePort(), freePort()])).map(String);
    const ports = { 3001: api ?? '', 3003: worker ?? '', 3000: web ?? '' };
    // The sample boards instead of the real ones, and free ports of the loopback address.
    const sample = { BOARDS_MODE: 'sample', BOARDS_SAMPLE_URL: boards.url };
    const places: [ProgramName, Elsewhere][] = [
      [
        'worker',
        {
          ...sample,
          WORKER_HEALTH_HOST: '127.0.0.1',
          WORKER_HEALTH_PORT: ports[3003],
          WORKER_METRICS_HOST: '127.0.0.1',
          WORKER_METRICS_PORT: metrics[0] ?? '',
        },
      ],
      [
        'api',
        {
          BOARDS_MODE: 'sample',
          API_HOST: '127.0.0.1',
          API_PORT: ports[3001],
          API_METRICS_HOST: '127.0.0.1',
          API_METRICS_PORT: metrics[1] ?? '',
        },
      ],
      [
        'web',
        {
          HOST: '127.0.0.1',
          PORT: ports[3000],
          API_URL: `http://127.0.0.1:${api}`,
          SITE_METRICS_HOST: '127.0.0.1',
          SITE_METRICS_PORT: metrics[2] ?? '',
        },
      ],
    ];
    for (const [name, elsewhere] of places) {
      const start = Date.now();
      const container = new Container(name, image, stack.env, elsewhere, ports);
      running.push(container);
      await container.healthy();
      say(`${programKinds[name].title}: healthy after ${secondsSince(start)} s`);
    }
    say(`A search: ${await searchOnce(stack, `http://127.0.0.1:${api}`)}`);
    const operator = running.find(({ name }) => name === 'worker') as Container;
    const { email } = await stack.createUser();
    for (const command of [`schedules -- list`, `alerts -- list`, `make-admin -- ${email}`]) {
      const said = await operator.exec('npm', 'run', '--silent', ...command.split(' '));
      say(`npm run ${command}: ${said.split('\n')[0]}`);
    }
  } finally {
    for (const container of running.reverse()) await container.stop();
    await stack.stop();
    await server.stop();
  }
}

const start = Date.now();
const image = await makeImage(say);
try {
  const megabytes = async (folder: string) => `${Math.round((await sizeOf(folder)) / 1e6)} MB`;
  say(
    `Made in ${secondsSince(start)} s: ${await megabytes(image.folder)}, of it packages ${await megabytes(`${image.folder}/node_modules`)}`,
  );
  await tryOut(image);
} finally {
  await image.remove();
}
