import { databaseConnection, databaseUrl } from './database-connection.js';

const url = (rest: string) => `postgres://run_listener:secret@${rest}`;

test.each([
  ['db.abc.supabase.co:5432/postgres?sslmode=verify-full'],
  ['aws-0-eu-central-1.pooler.supabase.com:5432/postgres?sslmode=require'],
  ['127.0.0.1:54322/postgres'],
  ['[::1]/postgres?sslmode=disable'],
  ['db/postgres'],
])('%s is taken', (rest) => {
  expect(databaseUrl.safeParse(url(rest)).success).toBe(true);
});

test.each([
  [
    'aws-0-eu-central-1.pooler.supabase.com:6543/postgres?sslmode=require',
    /port 6543.*transaction mode.*5432/,
  ],
  ['127.0.0.1:6543/postgres', /port 6543/],
  ['db.abc.supabase.co:5432/postgres', /add \?sslmode=verify-full/],
  ['db.abc.supabase.co:5432/postgres?sslmode=disable', /add \?sslmode=verify-full/],
  ['db/postgres?sslmode=prefer', /sslmode: disable, require, verify-ca, verify-full/],
  ['db/postgres?sslmode=verify-full&sslrootcert=ca.crt', /DATABASE_CA_FILE/],
])('%s is refused in words that tell what to do', (rest, words) => {
  const { error } = databaseUrl.safeParse(url(rest));
  expect(error?.issues[0]?.message).toMatch(words);
});

test('what is asked of TLS is what libpq understands by it', () => {
  const of = (query: string, ca?: string) => databaseConnection(url(`db:5433/postgres${query}`), ca);
  expect(of('')).toMatchObject({ host: 'db', port: 5433, ssl: false });
  expect(of('?sslmode=require').ssl).toMatchObject({ rejectUnauthorized: false });
  // libpq takes `require` with a CA for `verify-ca`.
  for (const ssl of [of('?sslmode=require', 'a CA').ssl, of('?sslmode=verify-ca', 'a CA').ssl]) {
    expect(ssl).toMatchObject({
      rejectUnauthorized: true,
      ca: 'a CA',
      checkServerIdentity: expect.any(Function),
    });
  }
  for (const ssl of [of('', 'a CA').ssl, of('?sslmode=verify-full', 'a CA').ssl]) {
    expect(ssl).toEqual({ rejectUnauthorized: true, ca: 'a CA', host: 'db' });
  }
  expect(of('?sslmode=verify-full&application_name=api').url).toBe(
    url('db:5433/postgres?application_name=api'),
  );
});
