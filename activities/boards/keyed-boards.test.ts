import { inspect } from 'node:util';
import type { BoardName } from '../../domain/board.js';
import type { Behaviour } from '../../local/boards/behaviour.js';
import type { BoardSettings } from './board.js';
import { availabilityOf, boardByName, boards } from './registry.js';
import { startContract } from './testing/contract.js';

/** Boards that give their answers to those who have a key, asked through the real fetching. */

const { sample, ask, readAll } = startContract();

const keyed = boards.filter(({ needs }) => needs?.without === 'needs_key').map(({ name }) => name);
const settings: Record<string, BoardSettings> = {
  adzuna: { ADZUNA_APP_ID: 'app-id-7', ADZUNA_APP_KEY: 'k3y-of-adzuna' },
  reed: { REED_API_KEY: 'k3y-of-reed' },
  usajobs: { USAJOBS_API_KEY: 'k3y-of-usajobs', USAJOBS_EMAIL: 'k3y@usajobs.example' },
};
/** What must not be read anywhere: the keys, plain and as they are sent. */
const secrets = [...Object.values(settings).flatMap((each) => Object.values(each) as string[])].flatMap(
  (key) => [key, Buffer.from(`${key}:`).toString('base64'), encodeURIComponent(key)],
);
const expectNoSecret = (value: unknown) => {
  const text = inspect(value, { depth: 10, maxStringLength: null });
  for (const secret of secrets) expect(text).not.toContain(secret);
};

test('are these', () => expect(Object.keys(settings).sort()).toEqual([...keyed].sort()));

describe.each(keyed)('%s', (name: BoardName) => {
  const board = boardByName(name);
  const own = settings[name] ?? {};

  test('is ready with all that it needs, and needs a key without any of it', () => {
    expect(availabilityOf(board, own)).toBe('ready');
    for (const missing of board.needs?.settings ?? []) {
      expect(availabilityOf(board, { ...own, [missing]: undefined })).toBe('needs_key');
      expect(availabilityOf(board, { ...own, [missing]: '' })).toBe('needs_key');
    }
  });

  test.each(board.needs?.settings ?? [])('asks nobody without %s, and names it alone', async (missing) => {
    const { error, requests } = await readAll(board, 1, { settings: { ...own, [missing]: undefined } });
    expect(error).toMatchObject({ errorClass: 'config', message: `${board.label} needs ${missing}` });
    expectNoSecret(error);
    expect(requests).toEqual([]);
  });

  test('says of every request that a key is in it', async () => {
    const { requests } = await readAll(board, 5, { settings: own });
    expect(requests.length).toBeGreaterThan(0);
    for (const request of requests) expect(request.withKey).toBe(true);
  });

  test('a refused key is told in a sentence, without it', async () => {
    sample().control.setBehaviour({ host: board.hosts[0] ?? '', behaviour: 'unauthorized' });
    const error = await ask(board, { settings: own }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      errorClass: 'auth',
      message: `${board.hosts[0]} refuses the key (401)`,
      retryable: false,
    });
    expectNoSecret(error);
  });

  test.each<Behaviour['behaviour']>([
    'forbidden',
    'captcha',
    'html',
    'not_found',
    'rate_limited',
    'server_error',
    'reset',
    'truncated',
    'wrong_container',
    'redirect_private',
  ])('gives no key away when it meets %s', async (behaviour) => {
    sample().control.setBehaviour({ host: board.hosts[0] ?? '', behaviour });
    const error = await ask(board, { settings: own }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expectNoSecret(error);
  });

  test('keeps no key in what is stored: postings, and the cursor that heartbeats and histories carry', async () => {
    const { pages } = await readAll(board, 5, { settings: own });
    expect(pages[0]?.postings.length).toBeGreaterThan(0);
    expectNoSecret(pages);
  });
});

test('the sample boards refuse whoever has no key, as the real ones do', async () => {
  const get = (path: string, headers = {}) => fetch(`${sample().url}/${path}`, { headers });
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
  const statuses = await Promise.all([
    get('api.adzuna.com/v1/api/jobs/gb/search/1?what=nurse'),
    get('api.adzuna.com/v1/api/jobs/gb/search/1?what=nurse&app_id=a'),
    get('api.adzuna.com/v1/api/jobs/gb/search/1?what=nurse&app_id=a&app_key=b'),
    get('www.reed.co.uk/api/1.0/search?keywords=nurse'),
    get('www.reed.co.uk/api/1.0/search?keywords=nurse', basic('key:password')),
    get('www.reed.co.uk/api/1.0/search?keywords=nurse', basic('key:')),
    get('data.usajobs.gov/api/search?Keyword=nurse', { 'authorization-key': 'a' }),
    get('data.usajobs.gov/api/search?Keyword=nurse', {
      'authorization-key': 'a',
      'user-agent': 'a@b.example',
    }),
  ]).then((answers) => answers.map(({ status }) => status));
  expect(statuses).toEqual([401, 401, 200, 401, 401, 200, 401, 200]);
});
