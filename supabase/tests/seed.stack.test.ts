import { readFile } from 'node:fs/promises';
import { defaultCompanies } from '../../activities/boards/companies.js';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';

let stack: TestStack;
beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
});
afterAll(() => stack?.stop());

test('the seed follows the default companies, and can be applied again', async () => {
  const seed = await readFile(new URL('../seed.sql', import.meta.url), 'utf8');
  await stack.sql.unsafe(seed);
  await stack.sql.unsafe(seed);
  const followed = await stack.sql`select board, token, name from company_boards order by board, token`;
  const expected = [...defaultCompanies].sort((a, b) =>
    `${a.board}/${a.token}` < `${b.board}/${b.token}` ? -1 : 1,
  );
  expect(followed.map(({ board, token, name }) => ({ board, token, name }))).toEqual(expected);
});
