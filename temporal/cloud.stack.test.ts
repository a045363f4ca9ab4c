import { execFile } from 'node:child_process';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ApiClient, startApi } from '../api/testing/api-client.js';
import { withFreePort } from '../local/services/ports.js';
import { baseEnvironment } from '../local/services/process.js';
import { inProject } from '../local/services/project-root.js';
import { type RunningTemporal, startTemporal } from '../local/services/temporal.js';
import { findTemporalCli } from '../local/services/temporal-cli.js';
import { type CertificateAuthority, createCertificateAuthority } from '../local/testing/certificates.js';
import { waitFor } from '../local/testing/wait-for.js';
import { runOnSecondPage } from '../workflows/testing/scenarios.js';
import { startWorld, type World } from '../workflows/testing/world.js';
import { type Cloud, startCloud } from './testing/cloud.js';

const run = promisify(execFile);
const namespace = 'default';
const apiKey = 'the-key-of-the-api';
const workerKey = 'the-key-of-the-worker';

let temporal: RunningTemporal;
let authority: CertificateAuthority;
let folder: string;
/** Asks for API keys; the other for client certificates. */
let cloud: Cloud;
let mutual: Cloud;
let goodKeys = [apiKey, workerKey];
let world: World;
let api: ApiClient;

const file = (name: string) => join(folder, name);
/** As secrets are mounted: the new one is there at once. */
async function replaceFile(name: string, text: string): Promise<string> {
  await writeFile(file(`${name}.new`), text);
  await rename(file(`${name}.new`), file(name));
  return file(name);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stf-cloud-'));
  authority = await createCertificateAuthority();
  const cli = await findTemporalCli();
  temporal = await withFreePort((port) => startTemporal(cli, { port }));
  const server = await authority.server();
  const front = { upstream: temporal.address, server, namespace };
  cloud = await startCloud({ ...front, apiKeys: () => goodKeys });
  mutual = await startCloud({ ...front, clientCa: authority.cert });
  world = await startWorld(
    {
      TEMPORAL_ADDRESS: cloud.address,
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: authority.certFile,
      TEMPORAL_API_KEY_FILE: await replaceFile('worker.key', `${workerKey}\n`),
      TEMPORAL_API_KEY_REREAD_SECONDS: '1',
      WORKER_SHUTDOWN_GRACE_SECONDS: '600',
    },
    temporal.address,
  );
  const started = await startApi(world.stack, {
    TEMPORAL_ADDRESS: cloud.address,
    TEMPORAL_TLS_SERVER_CA_CERT_DATA: authority.cert,
    TEMPORAL_API_KEY: apiKey,
    TEMPORAL_START_TIMEOUT_MS: '10000',
  });
  api = started.api.as(world.person.accessToken);
});
afterAll(async () => {
  await world?.stop();
  await Promise.all([cloud?.stop(), mutual?.stop()]);
  await temporal?.process.stop();
  await authority?.remove();
  if (folder) await rm(folder, { recursive: true });
});

/** A search from the API's door to its end. */
async function search(): Promise<string> {
  await world.forgetFreshness();
  const { status, body } = await api.post('/runs', {
    parameters: {
      title: 'engineer',
      boards: ['greenhouse', 'arbeitnow'],
    },
  });
  expect(status).toBe(202);
  return (await world.ended(body.run.id)).status;
}

async function schedules(env: Record<string, string>) {
  const script = ['--import', 'tsx', inProject('worker/schedules-cli.ts'), 'list'];
  return run(process.execPath, script, {
    cwd: inProject('.'),
    env: { ...baseEnvironment(), ...env } as unknown as NodeJS.ProcessEnv,
  });
}

const connecting = () => ({
  TEMPORAL_ADDRESS: cloud.address,
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: authority.certFile,
});

test('a search is started and run through TLS, each process with its own API key', async () => {
  expect(await search()).toBe('success');
  const callers = [...cloud.calls.keys()].sort();
  expect(callers).toEqual([
    `${apiKey} by grpc-node-js`,
    `${workerKey} by grpc-node-js`,
    `${workerKey} by tonic`,
  ]);
  expect([...cloud.refused]).toEqual([]);
});

test("the worker's key is changed while it works, and the one before withdrawn", async () => {
  const next = 'the-next-key-of-the-worker';
  goodKeys = [apiKey, workerKey, next];
  await replaceFile('worker.key', next);
  for (const part of ['tonic', 'grpc-node-js']) {
    await waitFor(async () => (await search()) === 'success' && cloud.calls.has(`${next} by ${part}`), {
      what: `${part} to use the new key`,
    });
  }
  goodKeys = [apiKey, next];
  expect(await search()).toBe('success');
  expect([...cloud.refused]).toEqual([]);
  expect(world.worker.output()).toContain('Temporal API key changed');
});

test('the commands of operators take the same settings, or a profile', async () => {
  expect((await schedules({ ...connecting(), TEMPORAL_API_KEY: apiKey })).stdout).toContain('reconcile-runs');
  const profiles = [
    '[profile.production]',
    `address = "${cloud.address}"`,
    `namespace = "${namespace}"`,
    `api_key = "${apiKey}"`,
    '[profile.production.tls]',
    `server_ca_cert_path = "${authority.certFile}"`,
  ].join('\n');
  const profile = {
    TEMPORAL_CONFIG_FILE: await replaceFile('temporal.toml', profiles),
    TEMPORAL_PROFILE: 'production',
  };
  expect((await schedules(profile)).stdout).toContain('reconcile-runs');
  await expect(schedules({ ...profile, TEMPORAL_NAMESPACE: 'another' })).rejects.toMatchObject({ code: 1 });
  expect(cloud.refused.get('namespace another')).toBeGreaterThan(0);
});

test('without the key, the CA, the name or the certificate that is asked for nothing is done', async () => {
  const wrong: Record<string, Record<string, string>> = {
    'no key': connecting(),
    'another key': { ...connecting(), TEMPORAL_API_KEY: 'the-key-of-nobody' },
    'a CA that is not known': { TEMPORAL_ADDRESS: cloud.address, TEMPORAL_API_KEY: apiKey },
    'another name than the certificate has': {
      ...connecting(),
      TEMPORAL_API_KEY: apiKey,
      TEMPORAL_TLS_SERVER_NAME: 'elsewhere',
    },
    'no client certificate': { ...connecting(), TEMPORAL_ADDRESS: mutual.address, TEMPORAL_TLS: 'true' },
  };
  // At once: each tries for a while before it gives up.
  const tried = Object.entries(wrong).map(async ([what, env]) => {
    const outcome = await schedules(env).catch(({ code, stdout }) => ({ code, stdout }));
    return [what, outcome];
  });
  expect(Object.fromEntries(await Promise.all(tried))).toEqual(
    Object.fromEntries(Object.keys(wrong).map((what) => [what, { code: 1, stdout: '' }])),
  );
});

test('with certificates: another worker with the next one takes over while a search is under way, and none is lost', async () => {
  const certificateOf = async (name: string) => {
    const { certFile, keyFile } = await authority.client(name);
    const text = [
      '[profile.default]',
      `address = "${mutual.address}"`,
      `namespace = "${namespace}"`,
      '[profile.default.tls]',
      `client_cert_path = "${certFile}"`,
      `client_key_path = "${keyFile}"`,
      `server_ca_cert_path = "${authority.certFile}"`,
    ].join('\n');
    return {
      ...Object.fromEntries(
        ['ADDRESS', 'API_KEY_FILE', 'TLS_SERVER_CA_CERT_PATH'].map((key) => [`TEMPORAL_${key}`, '']),
      ),
      TEMPORAL_CONFIG_FILE: await replaceFile(`${name}.toml`, text),
    };
  };
  const first = await world.startWorker(await certificateOf('worker-1'));
  expect(await world.worker.stop()).toEqual({ code: 0, signal: null });
  await world.forgetFreshness();
  const underWay = await runOnSecondPage(world);

  const second = await world.startWorker(await certificateOf('worker-2'));
  first.kill('SIGTERM');
  world.boards.control.release();
  expect(await first.waitForExit()).toEqual({ code: 0, signal: null });
  mutual.trust(['worker-2']);
  expect((await world.ended(underWay)).status).toBe('success');
  world.boards.control.reset();
  expect(await search()).toBe('success');
  expect([...mutual.calls.keys()].sort()).toEqual(
    ['worker-1', 'worker-2'].flatMap((name) => [`${name} by grpc-node-js`, `${name} by tonic`]),
  );
  expect(mutual.refused.get('certificate withdrawn')).toBeUndefined();
  expect(await second.stop()).toEqual({ code: 0, signal: null });
});
