import { listingsFile, readListings } from '../listings.js';
import { labelledQueries, nameOf } from './labels.js';

test('no listing has two grades for a query, and no query stands twice', () => {
  for (const { grades } of labelledQueries) {
    const graded = [...grades[2], ...grades[1]];
    expect(new Set(graded).size).toBe(graded.length);
  }
  expect(new Set(labelledQueries.map(nameOf)).size).toBe(labelledQueries.length);
});

const listings = readListings();
if (!listings) console.warn(`Skipped: there are no listings in ${listingsFile}`);

(listings ? test : test.skip)('every label is of a listing', () => {
  const known = new Set(listings?.map(({ id }) => id));
  for (const { grades } of labelledQueries)
    expect([...grades[2], ...grades[1]].filter((id) => !known.has(id))).toEqual([]);
});
