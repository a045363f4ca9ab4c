import { toCsv } from './export-rows.js';

const asCsv = (...values: (string | number | null)[]) =>
  toCsv(
    values.map((value) => ({ value })),
    { value: (row) => row.value },
  ).split('\r\n');

test.each(['=1+1', '+44 20', '-2', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("http://x","y")', '＝1+1'])(
  '%j is never a formula',
  (value) => {
    const [, cell] = asCsv(value);
    expect(cell?.replace(/^"/, '')).toMatch(/^'/);
  },
);

test('commas, quotes and line ends stay within their cell; numbers are numbers, nothing is nothing', () => {
  expect(asCsv('a, "b"\nc', 12.5, null)).toEqual(['\ufeffvalue', '"a, ""b""\nc"', '12.5', '', '']);
});
