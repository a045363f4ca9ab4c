import { errorIn } from './error-lines.js';

test.each([
  ['{"level":50,"msg":"the start failed","err":{"message":"no route"}}', 'the start failed: no route'],
  ['{"level":60,"msg":"worker failed"}', 'worker failed'],
  [
    'time=2026-11-25T00:57:01 level=ERROR msg="disk full"',
    'time=2026-11-25T00:57:01 level=ERROR msg="disk full"',
  ],
  ['2026-11-25 UTC [1] FATAL:  the data is damaged', '2026-11-25 UTC [1] FATAL:  the data is damaged'],
])('shows an error: %s', (line, shown) => {
  expect(errorIn(line)).toBe(shown);
});

test.each([
  '{"level":30,"msg":"worker ready"}',
  '{"level":40,"msg":"a board answered 429"}',
  '{ cut short',
  'ERROR:  permission denied for table search_runs',
  'level=WARN msg="network dial error"',
  '',
])('keeps the rest for the log file: %s', (line) => {
  expect(errorIn(line)).toBeUndefined();
});
