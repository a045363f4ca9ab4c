import { companyTokenSchema } from './board.js';
import { boardOfSource, partOfSource, sourceKey } from './source.js';

test.each(['remotive', 'zip_recruiter'])('%s: a key is read back as what it was made of', (board) => {
  expect(sourceKey(board)).toBe(board);
  expect(boardOfSource(sourceKey(board))).toBe(board);
  expect(partOfSource(sourceKey(board))).toBeUndefined();

  const key = sourceKey(board, 'acme-2.0_eu');
  expect(key).toBe(`${board}/acme-2.0_eu`);
  expect(boardOfSource(key)).toBe(board);
  expect(partOfSource(key)).toBe('acme-2.0_eu');
});

test.each(['gitlab', 'A', '0', 'a.b-c_D9', 'x'.repeat(100)])('%j can be a company token', (token) => {
  expect(companyTokenSchema.parse(token)).toBe(token);
});

test.each(['', '../etc', '.hidden', '-x', 'a/b', 'a b', 'a%2fb', 'ü', 'a\n', 'x'.repeat(101)])(
  '%j can be none: a token stands in a URL and in a key',
  (token) => {
    expect(companyTokenSchema.safeParse(token).success).toBe(false);
  },
);
