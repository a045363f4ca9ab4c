import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { apiSettings } from '../../api/config.js';
import { workerSettings } from '../../worker/config.js';
import { looksSecret } from '../testing/planted.js';
import { type ProgramName, programKinds, programOf } from './programs.js';
import { inProject } from './project-root.js';

/** Of the same name for both, as for Temporal's own tools; a deployment gives each process a key of its own. */
const ownUnderOneName = [
  'TEMPORAL_API_KEY',
  'TEMPORAL_API_KEY_FILE',
  'TEMPORAL_API_KEY_REREAD_SECONDS',
  'TEMPORAL_TLS_CLIENT_KEY_PATH',
  'TEMPORAL_TLS_CLIENT_KEY_DATA',
];

/** Every secret, and which programs are given it: nobody else learns of it. A new one that is not here fails. */
const holders: Record<string, ProgramName[]> = {
  SUPABASE_SERVICE_ROLE_KEY: ['worker'],
  SUPABASE_ANON_KEY: ['api'],
  SUPABASE_JWT_SECRET: ['api'],
  DATABASE_URL: ['api'],
  ADDRESS_HASH_SECRET: ['api'],
  TICK_TRIGGER_SECRET: ['api'],
  TICK_TRIGGER_SECRET_BEFORE: ['api'],
  CRON_SECRET: ['api'],
  CRON_SECRET_BEFORE: ['api'],
  SESSION_SECRET: ['web'],
  SESSION_SECRET_BEFORE: ['web'],
  SMTP_URL: ['worker'],
  ALERT_SLACK_WEBHOOK_URL: ['worker'],
  ADZUNA_APP_ID: ['worker'],
  ADZUNA_APP_KEY: ['worker'],
  REED_API_KEY: ['worker'],
  USAJOBS_API_KEY: ['worker'],
  JOBSPY_SECRET: ['worker', 'jobspy'],
  // Whoever traces may send to the collector.
  OTEL_EXPORTER_OTLP_HEADERS: ['worker', 'api', 'web'],
  JOBSPY_SECRET_BEFORE: ['jobspy'],
  ...Object.fromEntries(ownUnderOneName.map((name) => [name, ['worker', 'api'] satisfies ProgramName[]])),
};
const names = Object.keys(programKinds) as ProgramName[];

test('each secret is known by name, with who holds it', () => {
  const told = [...new Set(names.flatMap((name) => programKinds[name].settings))];
  expect(told.filter((setting) => looksSecret.test(setting)).sort()).toEqual(Object.keys(holders).sort());
});

test.each(names)('%s is started with its own secrets, whatever else is set', (name) => {
  const every = Object.fromEntries(Object.keys(holders).map((secret) => [secret, `the ${secret}`]));
  const given = programOf(name, { ...every, POSTGRES_PASSWORD: 'x', HOME: '/root', PATH: '/bin' }).env ?? {};
  const own = Object.keys(holders).filter((secret) => holders[secret]?.includes(name));
  const told = Object.entries(given).filter(([, value]) => String(value).startsWith('the '));
  expect(told.map(([key]) => key).sort()).toEqual(own.sort());
  expect(given).not.toHaveProperty('POSTGRES_PASSWORD');
});

test('docker compose gives each process no other secret than it holds', () => {
  const { services } = parse(readFileSync(inProject('docker-compose.temporal.yml'), 'utf8'), { merge: true });
  for (const name of ['worker', 'api', 'web', 'jobspy'] as const) {
    expect(services[name].env_file).toBeUndefined();
    const given = Object.keys(services[name].environment).filter((key) => looksSecret.test(key));
    expect({ name, given: given.filter((key) => !holders[key]?.includes(name)) }).toEqual({
      name,
      given: [],
    });
  }
});

test('neither the API nor the worker reads what is the other’s', () => {
  const both = Object.keys(apiSettings.shape).filter((key) => key in workerSettings.shape);
  const shared = ['OTEL_EXPORTER_OTLP_HEADERS', ...ownUnderOneName];
  expect(both.filter((key) => looksSecret.test(key) && !shared.includes(key))).toEqual([]);
});
