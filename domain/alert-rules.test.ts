import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AlertThresholds,
  alertKinds,
  alertMessage,
  alertRules,
  alertTitle,
  evaluate,
  evaluateGone,
  type LookState,
  neverLooked,
  type RuleName,
} from './alert-rules.js';

const thresholds: AlertThresholds = {
  failurePercent: 50,
  failureWindowMinutes: 60,
  failureLeastRuns: 10,
  boardFailingHours: 6,
  queueBacklog: 100,
  queueAgeSeconds: 600,
  diskFreePercent: 10,
  databaseMegabytes: 1_000,
  runMinutes: 60,
};

/** What a row of looks makes of a rule: R raised, O over, - neither. */
function looks(rule: RuleName, values: (number | undefined)[]): string {
  let state: LookState = neverLooked;
  return values
    .map((value) => {
      const { change, ...counts } =
        value === undefined ? evaluateGone(rule, state) : evaluate(rule, thresholds, state, value);
      state = { ...counts, isOpen: change === null ? state.isOpen : change === 'raise' };
      return change === null ? '-' : { raise: 'R', resolve: 'O' }[change];
    })
    .join('');
}

test('is raised after so many looks in a row, once, and over after so many', () => {
  expect(looks('failure_rate', [51, 90, 90, 90, 10, 10, 10, 10])).toBe('-R----O-');
});

test('one look alone is none, and neither ends an alert', () => {
  expect(looks('failure_rate', [90, 10, 90, 10, 90, 90, 10, 10, 90, 10, 10, 10])).toBe('-----R-----O');
});

test('between the two levels nothing changes, and counting begins again', () => {
  // 35 is 70 % of 50: over means at most that.
  expect(looks('failure_rate', [51, 50, 51, 36, 51, 51, 35, 35, 36, 35, 35, 35])).toBe('-----R-----O');
});

test('what is too little is an alert below its threshold', () => {
  expect(looks('disk_space', [10, 9, 9, 11, 11, 11.9, 12, 12])).toBe('--R----O');
});

test('what is there no more is no trouble any more', () => {
  expect(looks('queue_age', [601, 601, undefined, undefined])).toBe('-R-O');
  expect(looks('queue_age', [601, undefined, 601, undefined])).toBe('----');
});

test.each(Object.keys(alertRules) as RuleName[])(
  '%s is raised beyond its threshold, and over again well before it',
  (rule) => {
    const { threshold, raisesWhen, raiseAfter, resolveAfter, resolvesAtShare } = alertRules[rule];
    const level = thresholds[threshold];
    const beyond = raisesWhen === 'above' ? level + 1 : level - 1;
    const well = level * resolvesAtShare;
    const values = [
      ...Array<number>(raiseAfter + 1).fill(beyond),
      // At its threshold it neither was nor is one.
      ...Array<number>(resolveAfter).fill(well),
    ];
    const told = looks(rule, values);
    expect(told.indexOf('R')).toBe(raiseAfter - 1);
    expect(told.indexOf('O')).toBe(values.length - 1);
    expect(looks(rule, Array<number>(9).fill(level))).toBe('---------');
    expect(raisesWhen === 'above' ? resolvesAtShare <= 1 : resolvesAtShare >= 1).toBe(true);
  },
);

test('the message says what was found and what would be too much', () => {
  const measure = { rule: 'failure_rate', subject: 'runs', value: 66.666, detail: '8 of 12' } as const;
  expect(alertMessage(measure, thresholds)).toBe(
    '66.7 % of the searches of the last 60 minutes failed (8 of 12); more than 50 % is an alert.',
  );
  expect(alertKinds).toEqual([...Object.keys(alertRules), 'tick_missed', 'tick_unfinished']);
  expect(alertTitle('board_failing')).toBe('A board fails');
});

test('operators find what to do about each', () => {
  const section =
    readFileSync(join(__dirname, '../docs/OPERATIONS.md'), 'utf8').split('\n## Alerts\n')[1] ?? '';
  const rules = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `(\w+)` \|.* \|$/gm)].map(
    ([, name]) => name,
  );
  expect(rules).toEqual(alertKinds);
});
