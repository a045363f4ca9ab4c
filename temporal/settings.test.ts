import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SettingsError } from '../domain/settings.js';
import { parseTemporalSettings, temporalSettings } from './settings.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stf-temporal-settings-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const parse = (env: Record<string, string>) => parseTemporalSettings(temporalSettings, env);
const file = async (name: string, text: string) => {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};

test.each([
  [
    'a key in two places',
    { TEMPORAL_API_KEY: 'one', TEMPORAL_API_KEY_FILE: '/etc/hostname' },
    /TEMPORAL_API_KEY_FILE/,
  ],
  ['a key that would go unencrypted', { TEMPORAL_API_KEY: 'one', TEMPORAL_TLS: 'false' }, /unencrypted/],
  ['a certificate without its key', { TEMPORAL_TLS_CLIENT_CERT_DATA: 'certificate' }, /go together/],
  ['a key file that is not there', { TEMPORAL_API_KEY_FILE: '/nowhere/key' }, /TEMPORAL_API_KEY_FILE/],
  ['a profile without a file', { TEMPORAL_PROFILE: 'cloud' }, /TEMPORAL_CONFIG_FILE/],
  ['a file that is not there', { TEMPORAL_CONFIG_FILE: '/nowhere/temporal.toml' }, /TEMPORAL_CONFIG_FILE/],
] as const)('%s stops the process, with what is wrong', (_what, env, message) => {
  const parsing = () => parse(env);
  expect(parsing).toThrow(SettingsError);
  expect(parsing).toThrow(message);
});

test.each([
  ['words that are none of a profile', '[profile.default]\naddres = "cloud:7233"\n'],
  ['what is not TOML', 'api_key: planted-key'],
])('a file with %s is refused, and not quoted', async (_what, text) => {
  const path = await file('refused.toml', text);
  const parsing = () => parse({ TEMPORAL_CONFIG_FILE: path });
  expect(parsing).toThrow(/^TEMPORAL_CONFIG_FILE|TEMPORAL_…/);
  expect(parsing).not.toThrow(/planted-key/);
});

test('a profile says where Temporal is; a setting goes before it', async () => {
  const path = await file(
    'temporal.toml',
    '[profile.cloud]\naddress = "cloud.example:7233"\nnamespace = "fox.a1b2c"\n',
  );
  const profile = { TEMPORAL_CONFIG_FILE: path, TEMPORAL_PROFILE: 'cloud' };
  expect(parse(profile)).toMatchObject({
    TEMPORAL_ADDRESS: 'cloud.example:7233',
    TEMPORAL_NAMESPACE: 'fox.a1b2c',
  });
  expect(parse({ ...profile, TEMPORAL_NAMESPACE: 'other' })).toMatchObject({ TEMPORAL_NAMESPACE: 'other' });
});
