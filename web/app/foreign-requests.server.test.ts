import { isForeign } from './foreign-requests.server.js';

const host = 'fox.example:3000';

test.each<[string, string, Record<string, string>, boolean]>([
  [
    'a form of this site',
    'POST',
    { 'sec-fetch-site': 'same-origin', origin: 'http://fox.example:3000' },
    false,
  ],
  [
    'a form of this site behind a proxy',
    'POST',
    { 'sec-fetch-site': 'same-origin', origin: 'https://fox.example' },
    false,
  ],
  ['a bookmark', 'POST', { 'sec-fetch-site': 'none' }, false],
  [
    'a form of another site',
    'POST',
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    true,
  ],
  ['another host of the same domain', 'POST', { 'sec-fetch-site': 'same-site' }, true],
  ['a word that no browser says', 'DELETE', { 'sec-fetch-site': 'same-origin, cross-site' }, true],
  ['reading from another site', 'GET', { 'sec-fetch-site': 'cross-site' }, false],
  ['an old browser, this site', 'POST', { origin: 'http://fox.example:3000' }, false],
  ['an old browser, another site', 'POST', { origin: 'https://evil.example' }, true],
  ['an old browser, another port', 'POST', { origin: 'http://fox.example:3001' }, true],
  ['an old browser, a page without an origin', 'POST', { origin: 'null' }, true],
  ['no browser', 'POST', {}, false],
])('%s', (_what, method, headers, foreign) => {
  expect(isForeign(method, { host, ...headers })).toBe(foreign);
});
