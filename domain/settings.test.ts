import { z } from 'zod';
import { httpUrl, parseSettings, port, SettingsError, wholeNumber } from './settings.js';

const schema = z.object({
  SUPABASE_URL: httpUrl,
  SUPABASE_JWT_SECRET: z.string().min(32, { error: 'must be at least 32 characters' }),
  API_PORT: port.default(3001),
  RUNS_PER_HOUR: wholeNumber(1, 1000).default(30),
});
const good = {
  SUPABASE_URL: 'http://127.0.0.1:54321',
  SUPABASE_JWT_SECRET: 'a-secret-that-is-long-enough-for-this',
};

function messageFor(env: Record<string, string | undefined>): string {
  try {
    parseSettings(schema, env);
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as SettingsError).message;
  }
  throw new Error('these settings were taken');
}

test('settings come back typed, with their defaults, and nothing that was not asked for', () => {
  expect(parseSettings(schema, { ...good, RUNS_PER_HOUR: '12', PATH: '/usr/bin' })).toEqual({
    ...good,
    API_PORT: 3001,
    RUNS_PER_HOUR: 12,
  });
});

test('an empty setting counts as absent: the default stands, and what is needed is missing', () => {
  expect(parseSettings(schema, { ...good, API_PORT: '' }).API_PORT).toBe(3001);
  expect(messageFor({ ...good, SUPABASE_URL: '' })).toContain('SUPABASE_URL: is missing');
});

test('every wrong setting is named at once, with what is wrong with it', () => {
  const message = messageFor({ SUPABASE_JWT_SECRET: 'short', API_PORT: '70000', RUNS_PER_HOUR: '2.5' });
  expect(message.split('\n').slice(1)).toEqual([
    '  SUPABASE_URL: is missing',
    '  SUPABASE_JWT_SECRET: must be at least 32 characters',
    '  API_PORT: must be at most 65535',
    '  RUNS_PER_HOUR: must be a whole number',
  ]);
});

test.each([
  ['SUPABASE_URL', 'ftp://user:hunter2@db.example', 'must be an http(s) URL'],
  ['SUPABASE_JWT_SECRET', 'hunter2', 'must be at least 32 characters'],
  ['API_PORT', 'hunter2', 'must be a number'],
  ['RUNS_PER_HOUR', '-77123', 'must be at least 1'],
])('the message for %s says what is wrong and never the value', (name, value, reason) => {
  const message = messageFor({ ...good, [name]: value });
  expect(message).toContain(`${name}: ${reason}`);
  expect(message).not.toContain(value);
  expect(message).not.toContain('hunter2');
});
