/** How good a list of results is, by the grades of what it holds: 2 what was asked for, 1 glad to see, 0 neither. */

const gain = (grade: number, at: number) => (2 ** grade - 1) / Math.log2(at + 2);
const total = (grades: readonly number[]) => grades.reduce((sum, grade, at) => sum + gain(grade, at), 0);

/**
 * Normalised discounted cumulative gain of the first `depth` results: 1 when they are the best there are, best first.
 * @param found grades of the results, in their order
 * @param all grades of everything there is, in any order
 * @throws Error when there is nothing to find
 */
export function ndcg(found: readonly number[], all: readonly number[], depth: number): number {
  const ideal = total(all.toSorted((a, b) => b - a).slice(0, depth));
  if (ideal === 0) throw new Error('there is nothing to find');
  return total(found.slice(0, depth)) / ideal;
}

/**
 * The share of what can be found that the first `depth` results hold; of more than fits into them, so many count.
 * @throws Error when there is nothing to find
 */
export function recall(found: readonly number[], all: readonly number[], depth: number): number {
  const relevant = (grades: readonly number[]) => grades.filter((grade) => grade > 0).length;
  const findable = Math.min(relevant(all), depth);
  if (findable === 0) throw new Error('there is nothing to find');
  return relevant(found.slice(0, depth)) / findable;
}

export const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
