import { readFileSync } from 'node:fs';
import { apiSettings } from '../api/config.js';
import { parseSettings } from '../domain/settings.js';
import { workerSettings } from '../worker/config.js';
import { sampleBoardsSettings } from './boards/config.js';
import { launcherSettings } from './config.js';
import { composeText, variablesOf } from './deployment/compose-file.js';
import { mailboxSettings } from './mailbox/config.js';
import { programKinds } from './services/programs.js';
import { inProject } from './services/project-root.js';

/** Read by tests, by the server of the site's build and by Docker Compose, none of which has a schema. */
const withoutSchema = ['CHROMIUM_PATH', 'SHARED_DATA', 'HOST', 'PORT', ...variablesOf(composeText())];

const explained = [
  ...readFileSync(inProject('.env.example'), 'utf8').matchAll(/^#? ?([A-Z][A-Z0-9_]+)=(.*)$/gm),
].map(([, name = '', value = '']) => [name, value] as const);
const names = explained.map(([name]) => name);

/** The site reads its settings when its module is loaded, and ends the process when they are wrong. */
async function siteSettings(): Promise<string[]> {
  process.env.API_URL = 'http://127.0.0.1:3001';
  process.env.SESSION_SECRET = 'x'.repeat(32);
  // Without a value it has no key.
  process.env.SESSION_SECRET_BEFORE = 'x'.repeat(32);
  process.env.SITE_METRICS_PORT = '0';
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = 'http://127.0.0.1:4318';
  process.env.OTEL_EXPORTER_OTLP_HEADERS = 'authorization=x';
  const { config } = await import('../web/app/config.server.js');
  return Object.keys(config);
}

/** The JobSpy service's own, as its Python has them: name and default. */
const jobspyDefaults = Object.fromEntries(
  [
    ...readFileSync(inProject('jobspy-service/jobspy_service/settings.py'), 'utf8').matchAll(
      /= _(?:whole|text)\("(\w+)", .*?([^\s,]+)\)$/gm,
    ),
  ].map(([, name = '', value = '']) => [
    name,
    value === 'None' ? '' : value.replaceAll('_', '').replace(/^"|"$/g, ''),
  ]),
);

test('.env.example names every setting, and no other', async () => {
  const schemas = [launcherSettings, apiSettings, workerSettings, sampleBoardsSettings, mailboxSettings];
  const settings = new Set([
    ...schemas.flatMap((schema) => Object.keys(schema.shape)),
    ...(await siteSettings()),
    ...Object.keys(jobspyDefaults),
    ...withoutSchema,
  ]);
  expect([...settings].filter((name) => !names.includes(name))).toEqual([]);
  expect(names.filter((name) => !settings.has(name))).toEqual([]);
});

test('each is named once', () => {
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('the defaults it shows are the defaults', () => {
  const shown = Object.fromEntries(explained.filter(([, value]) => value !== ''));
  const needed = {
    SUPABASE_URL: 'http://127.0.0.1:54321',
    SUPABASE_ANON_KEY: 'x'.repeat(20),
    SUPABASE_SERVICE_ROLE_KEY: 'x'.repeat(20),
    DATABASE_URL: 'postgres://run_listener@127.0.0.1/postgres',
  };
  for (const schema of [
    launcherSettings,
    apiSettings,
    workerSettings,
    sampleBoardsSettings,
    mailboxSettings,
  ]) {
    const defaults = parseSettings(schema, needed) as Record<string, unknown>;
    const given = parseSettings(schema, { ...shown, ...needed }) as Record<string, unknown>;
    // An example of what has no default is no default.
    const known = Object.keys(defaults).filter((name) => defaults[name] !== undefined);
    expect(Object.fromEntries(known.map((name) => [name, given[name]]))).toEqual(defaults);
  }
});

test('the defaults of the JobSpy service are those of its code, and npm start gives it all it reads', () => {
  const shown = Object.fromEntries(explained);
  const names = Object.keys(jobspyDefaults);
  expect(Object.fromEntries(names.map((name) => [name, shown[name]]))).toEqual(jobspyDefaults);
  expect([...programKinds.jobspy.settings].sort()).toEqual(names.sort());
});

test('each program is started with the settings it reads', async () => {
  expect(programKinds.web.settings).toEqual(expect.arrayContaining(await siteSettings()));
});
