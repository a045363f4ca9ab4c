/** What an operator may set the rules to; `worker/config.ts` reads them. */
export interface AlertThresholds {
  /** Of the runs that ended in the window: so many percent failed. */
  failurePercent: number;
  failureWindowMinutes: number;
  /** Of fewer runs nothing is said. */
  failureLeastRuns: number;
  boardFailingHours: number;
  queueBacklog: number;
  queueAgeSeconds: number;
  diskFreePercent: number;
  databaseMegabytes: number;
  runMinutes: number;
}

/** One look at one subject of a rule. */
export interface Measure {
  rule: RuleName;
  /** What of the rule: a board, a task queue, a path; one word where there is but one. */
  subject: string;
  value: number;
  /** What stands behind the value, for the message. */
  detail?: string;
}

interface AlertRule {
  threshold: keyof AlertThresholds;
  /** Whether what is above the threshold is an alert, or what is below. */
  raisesWhen: 'above' | 'below';
  /** It is over once it has come back past this share of the threshold; between the two nothing changes. */
  resolvesAtShare: number;
  /** So many looks in a row. */
  raiseAfter: number;
  resolveAfter: number;
  /** What the operator is told. */
  says(measure: Measure, thresholds: AlertThresholds): string;
  /** In a few words, as a heading. */
  title: string;
}

const rounded = (value: number) => Math.round(value * 10) / 10;
const withDetail = ({ detail }: Measure) => (detail ? ` (${detail})` : '');

/** Every rule but those of ticks, which have no threshold: they are raised by what was due. */
export const alertRules = {
  failure_rate: {
    title: 'Searches fail',
    threshold: 'failurePercent',
    raisesWhen: 'above',
    resolvesAtShare: 0.7,
    raiseAfter: 2,
    resolveAfter: 3,
    says: (measure, { failurePercent, failureWindowMinutes }) =>
      `${rounded(measure.value)} % of the searches of the last ${failureWindowMinutes} minutes failed${withDetail(measure)}; ` +
      `more than ${failurePercent} % is an alert.`,
  },
  board_failing: {
    title: 'A board fails',
    threshold: 'boardFailingHours',
    raisesWhen: 'above',
    resolvesAtShare: 1,
    raiseAfter: 1,
    resolveAfter: 1,
    says: (measure) =>
      `Nothing could be read from ${measure.subject} for ${rounded(measure.value)} hours${withDetail(measure)}.`,
  },
  queue_backlog: {
    title: 'A task queue fills up',
    threshold: 'queueBacklog',
    raisesWhen: 'above',
    resolvesAtShare: 0.5,
    raiseAfter: 2,
    resolveAfter: 2,
    says: (measure) => `${measure.value} tasks wait in the task queue ${measure.subject}.`,
  },
  queue_age: {
    title: 'A task queue stands still',
    threshold: 'queueAgeSeconds',
    raisesWhen: 'above',
    resolvesAtShare: 0.5,
    raiseAfter: 2,
    resolveAfter: 2,
    says: (measure) =>
      `The oldest task in the task queue ${measure.subject} has waited for ${rounded(measure.value)} seconds.`,
  },
  disk_space: {
    title: 'A disk fills up',
    threshold: 'diskFreePercent',
    raisesWhen: 'below',
    resolvesAtShare: 1.2,
    raiseAfter: 2,
    resolveAfter: 2,
    says: (measure, { diskFreePercent }) =>
      `${rounded(measure.value)} % of the disk under ${measure.subject} is free; less than ${diskFreePercent} % is an alert.`,
  },
  database_size: {
    title: 'The database grows',
    threshold: 'databaseMegabytes',
    raisesWhen: 'above',
    resolvesAtShare: 0.95,
    raiseAfter: 2,
    resolveAfter: 2,
    says: (measure, { databaseMegabytes }) =>
      `The database holds ${Math.round(measure.value)} MB; more than ${databaseMegabytes} MB is an alert.`,
  },
  run_stuck: {
    title: 'A search is stuck',
    threshold: 'runMinutes',
    raisesWhen: 'above',
    resolvesAtShare: 1,
    raiseAfter: 1,
    resolveAfter: 1,
    says: (measure) =>
      `A search has been under way for ${Math.round(measure.value)} minutes${withDetail(measure)}.`,
  },
} satisfies Record<string, AlertRule>;

export type RuleName = keyof typeof alertRules;

const titles: Record<string, string> = {
  ...Object.fromEntries(Object.entries(alertRules).map(([name, { title }]) => [name, title])),
  tick_missed: 'A tick was missed',
  tick_unfinished: 'A tick did not come to its end',
};
/** Every rule by name: what can be silenced. */
export const alertKinds: readonly string[] = Object.keys(titles);
export const alertTitle = (kind: string): string => titles[kind] ?? kind;

/** What the looks before at one subject of a rule found. */
export interface LookState {
  /** Looks in a row that found it over its threshold, or well under it. */
  over: number;
  under: number;
  /** Whether there is an alert of it. */
  isOpen: boolean;
}
export const neverLooked: LookState = { over: 0, under: 0, isOpen: false };

/** What one more look makes of them. */
export interface Finding {
  over: number;
  under: number;
  change: 'raise' | 'resolve' | null;
}

/** @param value what was measured; between the two levels both counts begin again. */
export function evaluate(
  name: RuleName,
  thresholds: AlertThresholds,
  before: LookState,
  value: number,
): Finding {
  const rule: AlertRule = alertRules[name];
  const raiseLevel = thresholds[rule.threshold];
  const resolveLevel = raiseLevel * rule.resolvesAtShare;
  const [isOver, isUnder] =
    rule.raisesWhen === 'above'
      ? [value > raiseLevel, value <= resolveLevel]
      : [value < raiseLevel, value >= resolveLevel];
  return step(rule, before, isOver, isUnder);
}

/** A subject that is there no more is no trouble either. */
export const evaluateGone = (name: RuleName, before: LookState): Finding =>
  step(alertRules[name], before, false, true);

function step(rule: AlertRule, before: LookState, isOver: boolean, isUnder: boolean): Finding {
  const over = isOver ? before.over + 1 : 0;
  const under = isUnder ? before.under + 1 : 0;
  if (!before.isOpen && over >= rule.raiseAfter) return { over, under, change: 'raise' };
  if (before.isOpen && under >= rule.resolveAfter) return { over, under, change: 'resolve' };
  return { over, under, change: null };
}

/** A subject's key in the database, and the rule that it is of. */
export const alertKey = ({ rule, subject }: Pick<Measure, 'rule' | 'subject'>) => `${rule}/${subject}`;
export const ruleOfKey = (key: string) => key.slice(0, key.indexOf('/')) as RuleName;

export const alertMessage = (measure: Measure, thresholds: AlertThresholds): string =>
  alertRules[measure.rule].says(measure, thresholds);
