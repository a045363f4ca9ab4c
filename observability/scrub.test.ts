import { scrub } from './scrub.js';

test.each([
  ['a token', 'bad eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln here', 'bad [token] here'],
  ['a header', '"authorization":"Bearer abc.def"', '"authorization":"Bearer [secret]"'],
  ['a password in an address', 'smtps://fox:pass@mail.example:465', 'smtps://[secret]@mail.example:465'],
  [
    'a key in an address',
    'https://x.example/jobs?app_key=k1&what=y',
    'https://x.example/jobs?app_key=[secret]&what=y',
  ],
  ['a feed', '/feeds/0a1b2c3d-0000-4000-8000-000000000000/rss', '/feeds/[secret]/rss'],
  ['an address', '550 5.1.1 <ann.o+x@mail.example.org>: unknown', '550 5.1.1 <[address]>: unknown'],
  [
    'nothing',
    'worker ready at 127.0.0.1:3003, package@1.2.3/index.js',
    'worker ready at 127.0.0.1:3003, package@1.2.3/index.js',
  ],
])('%s', (_what, text, left) => {
  expect(scrub(text)).toBe(left);
});

test('a line of JSON stays one', () => {
  const line = JSON.stringify({ msg: 'x@example.com "Bearer a" \\ ?token="b"', url: 'smtp://a:b@c' });
  expect(JSON.parse(scrub(line))).toEqual({
    msg: '[address] "Bearer [secret]" \\ ?token="b"',
    url: 'smtp://[secret]@c',
  });
});
