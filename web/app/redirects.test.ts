import { safeRedirect, signInPath } from './redirects.js';

test.each(['/', '/history?status=failed', '/runs/1#results', '/a%20b'])(
  '%s is a place on this site',
  (to) => {
    expect(safeRedirect(to)).toBe(to);
  },
);

test.each([
  'https://elsewhere.example',
  '//elsewhere.example',
  '/\\elsewhere.example',
  '/\t/elsewhere.example',
  '/\n/elsewhere.example',
  '/..//elsewhere.example',
  'javascript:alert(1)',
  'history',
  '',
  null,
  undefined,
  42,
])('%j is not followed', (to) => {
  expect(safeRedirect(to, '/fallback')).toBe('/fallback');
});

test('signing in leads back to the page that was asked for, and to the start after a form', () => {
  const request = (path: string, method = 'GET') => new Request(`http://site.example${path}`, { method });
  expect(signInPath(request('/history?status=failed'))).toBe('/sign-in?to=%2Fhistory%3Fstatus%3Dfailed');
  expect(signInPath(request('/'))).toBe('/sign-in');
  expect(signInPath(request('/saved', 'POST'))).toBe('/sign-in');
});
