import type { BoardErrorClass } from './board-errors.js';
import { type SourceFailure, summariseFailures } from './board-outcome.js';

const failure = (source: string, errorClass: BoardErrorClass, message = 'no answer'): SourceFailure => ({
  source,
  errorClass,
  message,
});

test('nothing failed, nothing is said', () => {
  expect(summariseFailures([], 1)).toBeUndefined();
  expect(summariseFailures([], 40)).toBeUndefined();
});

test('a feed says what befell it', () => {
  expect(summariseFailures([failure('remotive', 'timeout', 'no answer in 15 s')], 1)).toEqual({
    errorClass: 'timeout',
    message: 'no answer in 15 s',
  });
});

test('a company board says how many of its companies failed, with an example of the most frequent class', () => {
  const failures = [
    failure('lever/acme', 'not_found', 'no such board'),
    failure('lever/globex', 'upstream', 'answered 502'),
    failure('lever/initech', 'upstream', 'answered 503'),
  ];
  expect(summariseFailures(failures, 40)).toEqual({
    errorClass: 'upstream',
    message: '3 of 40 companies could not be read (lever/globex: answered 502)',
  });
});

test('among equals the first to fail is told', () => {
  const failures = [failure('lever/a', 'network'), failure('lever/b', 'blocked')];
  expect(summariseFailures(failures, 2)?.errorClass).toBe('network');
  expect(summariseFailures([...failures].reverse(), 2)?.errorClass).toBe('blocked');
});
