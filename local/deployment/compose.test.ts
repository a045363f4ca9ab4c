import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { baseEnvironment } from '../services/process.js';
import { type ProgramName, programKinds } from '../services/programs.js';
import { inProject } from '../services/project-root.js';
import { composeFile, composeText, readComposeFile, variablesOf } from './compose-file.js';
import { type DockerCompose, findDockerCompose } from './docker-compose-client.js';

const run = promisify(execFile);
const { services, networks, volumes } = readComposeFile();
const service = (name: string) => {
  const found = services[name];
  if (!found) throw new Error(`there is no service ${name}`);
  return found;
};
const names = Object.keys(services);
/** These end when they are done. */
const once = ['temporal-schema', 'temporal-namespace'];
const longRunning = names.filter((name) => !once.includes(name));
const own = ['worker', 'api', 'web', 'jobspy'] as const satisfies ProgramName[];

/** Settings that are of no use in a container, or of the sample boards alone. */
const leftOut: Partial<Record<ProgramName, string[]>> = {
  worker: [
    'WORKER_HEALTH_PORT',
    'WORKER_WORKFLOW_BUNDLE',
    'BOARDS_SAMPLE_URL',
    'SAMPLE_FRESH_SECONDS',
    'SAMPLE_REQUESTS_PER_SECOND',
  ],
  api: ['API_PORT'],
  // Its image sets the first.
  jobspy: ['JOBSPY_HOST', 'JOBSPY_PORT', 'JOBSPY_SITES_URL'],
};
/** What the system's own parts read, beside settings. */
const environment = (name: ProgramName) => Object.keys(programKinds[name].environment ?? {});

describe.each(own)('%s', (name) => {
  test('is given every setting of its own, so that .env alone decides, and no other', () => {
    const settings = programKinds[name].settings.filter((setting) => !leftOut[name]?.includes(setting));
    expect(Object.keys(service(name).environment).sort()).toEqual([...settings, ...environment(name)].sort());
  });

  test('is started as npm start and the tests start it', () => {
    const { command } = service(name);
    // The JobSpy service's image has its own.
    if (name === 'jobspy') expect(command).toBeUndefined();
    else expect(command).toEqual(['node', ...programKinds[name].args]);
  });

  test('its health check asks what npm start asks', () => {
    expect(service(name).healthcheck?.test.join(' ')).toContain(programKinds[name].readyPath);
  });

  test('may do nothing that it need not', () => {
    const { cap_drop, security_opt, privileged } = service(name);
    expect({ cap_drop, security_opt, privileged }).toEqual({
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      privileged: undefined,
    });
  });
});

test('every variable of it is explained in .env.example', () => {
  const explained = readFileSync(inProject('.env.example'), 'utf8');
  const missing = variablesOf(composeText()).filter(
    (name) => !new RegExp(`^#? ?${name}=`, 'm').test(explained),
  );
  expect(missing).toEqual([]);
});

test('what runs on is kept running, has a health check, bounded memory and a bounded log', () => {
  const lacking = longRunning.flatMap((name) => {
    const { restart, healthcheck, mem_limit, logging } = service(name);
    const wrong = [
      restart !== 'unless-stopped' && 'restart',
      !healthcheck && 'healthcheck',
      !mem_limit && 'mem_limit',
      !logging && 'logging',
    ].filter(Boolean);
    return wrong.length > 0 ? [{ name, wrong }] : [];
  });
  expect(lacking).toEqual([]);
});

test('images are pinned to a version', () => {
  const others = names.filter((name) => !service(name).build).map((name) => service(name).image);
  expect(others.filter((image) => !/^[\w./-]+:v?\d+\.\d+[\w.-]*$/.test(image ?? ''))).toEqual([]);
  const base = ['Dockerfile', 'jobspy-service/Dockerfile'].flatMap((file) =>
    [...readFileSync(inProject(file), 'utf8').matchAll(/^FROM (\S+:\S+)/gm)].map(([, image]) => image),
  );
  expect(base).toHaveLength(2);
  expect(base.filter((image) => !/:\d+\.\d+/.test(image ?? ''))).toEqual([]);
});

test('only the proxy is reached from outside this machine', () => {
  const open = names.filter((name) => service(name).ports.some((port) => !port.startsWith('127.0.0.1:')));
  expect(open).toEqual(['proxy']);
});

test('the site and the proxy, which people’s requests reach, have no way to Temporal, which asks nobody who they are', () => {
  const reachable = (name: string) =>
    names.filter((other) => service(other).networks.some((n) => service(name).networks.includes(n)));
  expect(reachable('web').sort()).toEqual(['api', 'prometheus', 'proxy', 'web']);
  expect(reachable('proxy').sort()).toEqual(['proxy', 'web']);
  expect(reachable('jobspy').sort()).toEqual(['jobspy', 'worker']);
});

test('networks and volumes are declared, and files that are mounted are there', () => {
  const used = names.flatMap((name) => service(name).networks);
  expect([...new Set(used)].sort()).toEqual(Object.keys(networks).sort());
  const sources = names.flatMap((name) => service(name).volumes.map((volume) => volume.split(':')[0] ?? ''));
  const files = sources.filter((source) => source.startsWith('./'));
  expect(sources.filter((source) => !source.startsWith('./')).sort()).toEqual(Object.keys(volumes).sort());
  expect(files.filter((file) => !existsSync(inProject(file)))).toEqual([]);
});

test('files that are secret are seen by the process that they are of alone', () => {
  const holders = names.filter((name) => service(name).volumes.some((volume) => volume.includes('/secrets')));
  expect(Object.fromEntries(holders.map((name) => [name, service(name).volumes]))).toEqual({
    worker: ['./deploy/certificates:/certificates:ro', './deploy/secrets/worker:/secrets:ro'],
    api: ['./deploy/certificates:/certificates:ro', './deploy/secrets/api:/secrets:ro'],
  });
});

test.each(['Dockerfile', 'jobspy-service/Dockerfile'])('%s: what runs is not root', (file) => {
  const last =
    readFileSync(inProject(file), 'utf8')
      .split(/^FROM /m)
      .at(-1) ?? '';
  const users = [...last.matchAll(/^USER (\S+)$/gm)].map(([, user]) => user);
  expect(users.at(-1)).toMatch(/^(node|nobody)$/);
});

test('Prometheus reads each of them where it answers', () => {
  const { scrape_configs } = parse(readFileSync(inProject('deploy/prometheus/prometheus.yml'), 'utf8')) as {
    scrape_configs: { static_configs: { targets: string[] }[] }[];
  };
  const targets = scrape_configs.flatMap((job) => job.static_configs.flatMap(({ targets }) => targets));
  const ports: Record<string, string | null | undefined> = {
    api: service('api').environment.API_METRICS_PORT,
    worker: service('worker').environment.WORKER_METRICS_PORT,
    web: service('web').environment.SITE_METRICS_PORT,
    temporal: service('temporal').environment.PROMETHEUS_ENDPOINT?.split(':')[1],
  };
  expect(targets.sort()).toEqual(
    Object.entries(ports)
      .map(([name, port]) => `${name}:${port}`)
      .sort(),
  );
});

describe('Docker Compose itself', () => {
  let compose: DockerCompose | undefined;
  let folder: string;
  beforeAll(async () => {
    compose = await findDockerCompose(console.warn);
    folder = await mkdtemp(join(tmpdir(), 'stf-compose-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** `docker compose config` with this `.env`. */
  async function configured(env: string) {
    const [program, ...args] = compose as DockerCompose;
    const envFile = join(folder, 'env');
    await writeFile(envFile, env);
    const { stdout, stderr } = await run(
      program,
      [
        ...args,
        '--env-file',
        envFile,
        '-f',
        inProject(composeFile),
        '--profile',
        'jobspy',
        'config',
        '--format',
        'json',
      ],
      // Nothing of this shell's own settings.
      { env: baseEnvironment() as NodeJS.ProcessEnv, maxBuffer: 16 * 1024 * 1024 },
    );
    return {
      stderr,
      services: (JSON.parse(stdout) as { services: Record<string, { environment?: object }> }).services,
    };
  }

  test('takes the file, and hands a setting of .env on to the processes it is of alone', async () => {
    if (!compose) {
      console.warn('left out: there is no Docker Compose here');
      return;
    }
    const secrets = ['SUPABASE_SERVICE_ROLE_KEY', 'SESSION_SECRET', 'ADDRESS_HASH_SECRET', 'JOBSPY_SECRET'];
    const { stderr, services: given } = await configured(
      [
        'TEMPORAL_POSTGRES_PASSWORD=the password',
        'GRAFANA_ADMIN_PASSWORD=another',
        'RESULTS_PER_BOARD=123',
        'SITE_URL=https://jobs.example.com',
        ...secrets.map((name) => `${name}=the ${name}`),
      ].join('\n'),
    );
    expect(stderr).toBe('');
    expect(Object.keys(given).sort()).toEqual([...names].sort());
    const holdersOf = (text: string) =>
      Object.keys(given).filter((name) => JSON.stringify(given[name]?.environment ?? {}).includes(text));
    expect(Object.fromEntries(secrets.map((name) => [name, holdersOf(`the ${name}`)]))).toEqual({
      SUPABASE_SERVICE_ROLE_KEY: ['worker'],
      SESSION_SECRET: ['web'],
      ADDRESS_HASH_SECRET: ['api'],
      JOBSPY_SECRET: ['jobspy', 'worker'],
    });
    expect(given.worker?.environment).toMatchObject({
      RESULTS_PER_BOARD: '123',
      SITE_URL: 'https://jobs.example.com',
      TEMPORAL_ADDRESS: 'temporal:7233',
      // Nothing was said of it: the worker's own default holds.
      POSTINGS_RANKED: null,
    });
  });

  test('asks for what nothing can stand in for', async () => {
    if (!compose) return;
    await expect(configured('')).rejects.toThrow('GRAFANA_ADMIN_PASSWORD');
  });
});
