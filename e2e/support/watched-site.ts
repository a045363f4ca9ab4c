import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { SMTPServer } from 'smtp-server';
import { localMailFrom } from '../../local/mailbox/config.js';
import { freePort } from '../../local/services/ports.js';
import { type Collector, startCollector } from '../../local/testing/collector.js';
import type { Planted } from '../../local/testing/planted.js';
import type { sendDigests } from '../../workflows/send-digests.js';
import { tickStartOptions } from '../../workflows/start-options.js';
import { runsTaskQueue } from '../../workflows/task-queues.js';
import type { watchSchedules } from '../../workflows/watch-schedules.js';
import { sendDigestsScheduleId, watchScheduleId } from '../../workflows/workflow-ids.js';
import type { Device } from './device.js';
import { type Site, startSite } from './site.js';

const random = (what: string) => `${what}${randomBytes(9).toString('hex')}`;
const word = () =>
  `q${randomBytes(5)
    .toString('hex')
    .replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? 'x')}`;

const makeSecrets = () => ({
  collector: random('collector-'),
  addressHash: random('address-hash-').padEnd(40, 'x'),
  tickTrigger: random('tick-trigger-').padEnd(40, 'x'),
  smtpUser: random('smtp-user-'),
  smtpPassword: random('smtp-password-'),
  adzunaId: random('adzuna-id-'),
  adzunaKey: random('adzuna-key-'),
  reedKey: random('reed-key-'),
});
const makePerson = () => ({
  email: `${word()}.${word()}@${word()}.example`,
  password: random('password-'),
  network: '203.0.113.77',
  words: word(),
  excluded: word(),
  searchName: `${word()} ${word()}`,
});

/** The whole product with everything watched, full of secrets, and a person who has a device in it. */
export interface WatchedSite {
  site: Site;
  temporal: Client;
  device: Device;
  collector: Collector;
  secret: ReturnType<typeof makeSecrets>;
  person: ReturnType<typeof makePerson>;
  /** Tokens that are only known once they are given out. */
  given: Planted;
  /** Whom the mail server does not know; its answer names them. */
  refusedAddresses: Set<string>;
  /** What the mail server took. */
  mails: string[];
  /** Where the programs write what they log. */
  keptLogs: string;
  /** Everything that nobody but its owner may read, by what it is. */
  planted(): Planted;
  round(type: 'sendDigests' | 'watchSchedules'): Promise<unknown>;
  /** Ticks are told apart by the minute. */
  tick(minutesAgo: number): Promise<unknown>;
  /** The metrics that a process exposes. */
  scrape(name: 'api' | 'worker' | 'site'): Promise<string>;
  stop(): Promise<void>;
}

/** For `beforeAll`; `stop` it in `afterAll`. */
export async function startWatchedSite(): Promise<WatchedSite> {
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const step of undo.reverse().splice(0)) await step();
  };
  try {
    return await start(undo, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(undo: (() => Promise<unknown>)[], stop: () => Promise<void>): Promise<WatchedSite> {
  const secret = makeSecrets();
  const person = makePerson();
  const operator = `${word()}@operators.example`;
  const given: Planted = {};
  const refusedAddresses = new Set<string>();
  const mails: string[] = [];

  const runLogs = process.env.STF_KEPT_LOGS;
  const keptLogs = await mkdtemp(join(runLogs ?? tmpdir(), 'watched-'));
  // A test run looks through them once more, for what other suites planted.
  if (!runLogs) undo.push(() => rm(keptLogs, { recursive: true, force: true }));
  process.env.STF_KEPT_LOGS = keptLogs;
  const collector = await startCollector();
  undo.push(() => collector.close());
  const smtp = createMailServer(secret, refusedAddresses, mails);
  const smtpPort = await freePort();
  await new Promise<void>((resolve) => smtp.listen(smtpPort, '127.0.0.1', resolve));
  undo.push(() => new Promise<void>((resolve) => smtp.close(resolve)));

  const metricsPorts = { api: await freePort(), worker: await freePort(), site: await freePort() };
  const tracing = {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: `x-collector-key=${secret.collector}`,
    LOG_LEVEL: 'debug',
  };
  const site = await startSite(
    {
      ...tracing,
      API_METRICS_PORT: String(metricsPorts.api),
      ADDRESS_HASH_SECRET: secret.addressHash,
      TICK_TRIGGER_SECRET: secret.tickTrigger,
    },
    {
      ...tracing,
      WORKER_METRICS_PORT: String(metricsPorts.worker),
      SMTP_URL: `smtp://${secret.smtpUser}:${secret.smtpPassword}@127.0.0.1:${smtpPort}`,
      MAIL_FROM: localMailFrom,
      ALERT_EMAIL: operator,
      ALERT_DATABASE_MB: '1',
      ADZUNA_APP_ID: secret.adzunaId,
      ADZUNA_APP_KEY: secret.adzunaKey,
      REED_API_KEY: secret.reedKey,
      SERVICE_SCHEDULES: 'paused',
      DIGEST_INTERVAL_SECONDS: '3600',
      WATCHDOG_INTERVAL_SECONDS: '86400',
      SCHEDULED_RUN_SPACING_SECONDS: '0',
      DIGEST_DAILY_GRACE_SECONDS: '0',
    },
    { ...tracing, SITE_METRICS_PORT: String(metricsPorts.site) },
  );
  undo.push(() => site.stop());
  const connection = await Connection.connect({ address: site.stack.temporalAddress });
  undo.push(() => connection.close());
  const temporal = new Client({ connection });
  // Rounds are begun by the test, also on the hour and at midnight.
  for (const id of [sendDigestsScheduleId, watchScheduleId]) await temporal.schedule.getHandle(id).pause();
  const device = await site.device();
  undo.push(() => device.close());
  await device.context.setExtraHTTPHeaders({ 'X-Forwarded-For': person.network });

  return {
    ...{ site, temporal, device, collector, secret, person, given, refusedAddresses, mails, keptLogs, stop },
    planted() {
      const { env, jwtSecret, anonKey, serviceRoleKey } = site.stack;
      return {
        ...secret,
        ...person,
        operator,
        jwtSecret,
        anonKey,
        serviceRoleKey,
        sessionSecret: env.SESSION_SECRET ?? '',
        databasePassword: new URL(env.DATABASE_URL ?? '').password,
        ...given,
      };
    },
    round(type) {
      const options = { workflowId: `${type}-${randomUUID()}`, taskQueue: runsTaskQueue, args: [] as [] };
      return type === 'sendDigests'
        ? temporal.workflow.execute<typeof sendDigests>(type, options)
        : temporal.workflow.execute<typeof watchSchedules>(type, options);
    },
    tick(minutesAgo) {
      const dueAt = new Date(Date.now() - minutesAgo * 60_000).toISOString();
      return temporal.workflow.execute('refreshTick', tickStartOptions({ schedule: 'refresh-all', dueAt }));
    },
    scrape: async (name) => (await fetch(`http://127.0.0.1:${metricsPorts[name]}/metrics`)).text(),
  };
}

/** One that knows its users by password, and whose refusals name whom they are about. */
function createMailServer(
  { smtpUser, smtpPassword }: ReturnType<typeof makeSecrets>,
  refusedAddresses: ReadonlySet<string>,
  mails: string[],
): SMTPServer {
  return new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    onAuth({ username, password }, _session, done) {
      if (username === smtpUser && password === smtpPassword) done(null, { user: 'fox' });
      else done(new Error(`${username} has another password than ${password}`));
    },
    onRcptTo({ address }, _session, done) {
      if (!refusedAddresses.has(address)) return done();
      done(Object.assign(new Error(`5.1.1 <${address}> is unknown here`), { responseCode: 550 }));
    },
    async onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      // Long lines are folded in quoted-printable.
      mails.push(
        Buffer.concat(chunks)
          .toString()
          .replaceAll(/=\r?\n/g, ''),
      );
      done();
    },
  });
}
