import { mean, ndcg, recall } from './relevance-metrics.js';

describe('ndcg', () => {
  test('is 1 when the best come first, whatever comes after the depth', () => {
    expect(ndcg([2, 1, 0, 0], [0, 1, 2], 2)).toBe(1);
    expect(ndcg([2, 2], [2, 2, 2], 2)).toBe(1);
  });

  test('is 0 when nothing found is good, or nothing is found', () => {
    expect(ndcg([0, 0], [2], 10)).toBe(0);
    expect(ndcg([], [2], 10)).toBe(0);
  });

  test('counts a grade of 2 as three of 1, less the further down', () => {
    // (1 / log2 2 + 3 / log2 3) / (3 / log2 2 + 1 / log2 3)
    expect(ndcg([1, 2], [2, 1], 10)).toBeCloseTo((1 + 3 / Math.log2(3)) / (3 + 1 / Math.log2(3)), 10);
    expect(ndcg([0, 2], [2], 10)).toBeCloseTo(1 / Math.log2(3), 10);
    expect(ndcg([0, 0, 2], [2], 10)).toBeCloseTo(1 / 2, 10);
  });

  test('does not see what comes after the depth', () => {
    expect(ndcg([0, 0, 2], [2], 2)).toBe(0);
  });

  test('cannot be said where there is nothing to find', () => {
    expect(() => ndcg([0], [0, 0], 10)).toThrow('there is nothing to find');
  });
});

describe('recall', () => {
  test('is the share that was found, of whatever grade, in whatever order', () => {
    expect(recall([0, 1, 0, 2], [2, 2, 1, 1], 10)).toBe(0.5);
  });

  test('of more than fits, as many as fit are all', () => {
    expect(recall([2, 1], [2, 2, 1, 1], 2)).toBe(1);
    expect(recall([0, 1, 2], [2, 2, 1, 1], 2)).toBe(0.5);
  });

  test('cannot be said where there is nothing to find', () => {
    expect(() => recall([], [], 10)).toThrow('there is nothing to find');
  });
});

test('mean', () => {
  expect(mean([1, 2, 6])).toBe(3);
});
