import { Catalogue } from './catalogue.js';

const noon = Date.parse('2026-11-25T12:00:00Z');
const minute = 60_000;

const numbers = (catalogue: Catalogue, now: number) => catalogue.jobsAt(now).map(({ number }) => number);

test('two catalogues with one seed agree, whatever they were asked before', () => {
  const asked = new Catalogue(3);
  asked.jobsAt(noon - 86_400_000);
  asked.jobsAt(noon + 86_400_000);
  const fresh = new Catalogue(3);
  expect(asked.jobsAt(noon)).toEqual(fresh.jobsAt(noon));
  const [job] = fresh.jobsAt(noon);
  expect(job && asked.describe(job)).toEqual(job && fresh.describe(job));
});

test('another seed makes other jobs', () => {
  const titles = (seed: number) =>
    new Catalogue(seed).jobsAt(noon).map(({ title, company }) => `${company.name}: ${title}`);
  expect(titles(1)).not.toEqual(titles(2));
});

test('new jobs appear every few minutes, at the top, and the others stay', () => {
  const catalogue = new Catalogue(1);
  const before = numbers(catalogue, noon);
  const after = numbers(catalogue, noon + 6 * minute);
  const known = new Set(before);
  const fresh = after.filter((number) => !known.has(number));
  expect(fresh.length).toBeGreaterThanOrEqual(2);
  expect(after.slice(0, fresh.length)).toEqual(fresh);
  expect(after.filter((number) => known.has(number)).length).toBeGreaterThan(before.length - 20);
});

test('a job keeps its dates while the clock goes on', () => {
  const catalogue = new Catalogue(1);
  const dates = (now: number) =>
    new Map(catalogue.jobsAt(now).map(({ number, postedAt }) => [number, postedAt]));
  const before = dates(noon);
  const kept = [...dates(noon + 60 * minute)].filter(([number]) => before.has(number));
  expect(kept.length).toBeGreaterThan(1_000);
  expect(kept).toEqual(kept.map(([number]) => [number, before.get(number)]));
});

test('nothing is posted ahead of the clock', () => {
  for (const now of [noon, noon + 1, noon + 90 * minute]) {
    const wrong = new Catalogue(1)
      .jobsAt(now)
      .filter(({ postedAt, closesAt }) => postedAt > now || closesAt <= now);
    expect(wrong).toEqual([]);
  }
});

test('numbers are unique', () => {
  const all = numbers(new Catalogue(1), noon);
  expect(new Set(all).size).toBe(all.length);
});

test('pay fits the country', () => {
  const jobs = new Catalogue(1).jobsAt(noon);
  const yearly = (currency: string) =>
    jobs.flatMap(({ pay }) => (pay?.currency === currency && pay.period === 'year' ? [pay.max] : []));
  const mean = (amounts: number[]) => amounts.reduce((sum, amount) => sum + amount, 0) / amounts.length;
  expect(mean(yearly('USD'))).toBeGreaterThan(mean(yearly('EUR')));
  expect(mean(yearly('INR'))).toBeGreaterThan(1_000_000);
});
