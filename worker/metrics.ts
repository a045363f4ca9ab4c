import type { MetricMeter } from '@temporalio/common';
import { type AlertChannel, AlertNotTold } from '../activities/alerts/channel.js';
import type { ObserveRequest } from '../activities/board-requests.js';
import { BoardError } from '../activities/boards/board.js';
import { boards } from '../activities/boards/registry.js';
import type { Rpc } from '../activities/rpc.js';
import { alertKinds } from '../domain/alert-rules.js';
import { boardErrorClasses } from '../domain/board-errors.js';
import { isFinished, type RunSource, runSources, runStatuses } from '../domain/run.js';
import { boardOfSource, type SourceKey } from '../domain/source.js';
import { timed } from '../observability/timed.js';
import { inSpan } from '../observability/tracing.js';

/** In seconds; the SDK is told of them by the metrics' names. */
export const histogramBuckets: Record<string, number[]> = {
  fox_board_request_duration: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120],
  fox_database_call_duration: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
};

export type WorkerMetrics = ReturnType<typeof createWorkerMetrics>;

/**
 * The product's own metrics, by the meter of the Temporal SDK, so that they stand on its Prometheus endpoint beside its
 * own. What is counted is what the database was told: an activity that is tried again may count twice. Labels are boards,
 * functions and outcomes, never a person or a run.
 */
export function createWorkerMetrics(meter: MetricMeter) {
  const counter = (name: string, description: string) => meter.createCounter(name, undefined, description);
  const seconds = (name: string, description: string) =>
    meter.createHistogram(name, 'float', 'seconds', description);
  const runs = counter('fox_runs_ended', 'Search runs that ended, by source and outcome');
  const syncs = counter('fox_board_syncs', 'Readings of a source that ended, by board and outcome');
  const postings = counter('fox_postings_recorded', 'Postings that were new or had changed, by board');
  const mails = counter('fox_mails', 'Mails to people, by kind and outcome');
  const alerts = counter('fox_alerts', 'Alerts raised and resolved, by rule');
  const messages = counter('fox_alert_messages', 'Messages to operators, by channel and outcome');
  const requests = seconds('fox_board_request_duration', 'Time until a board answered, by board and outcome');
  const calls = seconds(
    'fox_database_call_duration',
    'Time until the database answered, by function and outcome',
  );

  // Prometheus sees no rise in what was not there before: the first alert of a process would be none. So all are there, at 0.
  const each = <Value extends string>(values: readonly Value[], tell: (value: Value) => void) =>
    values.forEach(tell);
  each([...runSources, 'reconciled'], (source) =>
    each(runStatuses.filter(isFinished), (outcome) => runs.add(0, { source, outcome })),
  );
  each(
    boards.map(({ name }) => name),
    (board) => each(['ok', ...boardErrorClasses], (outcome) => syncs.add(0, { board, outcome })),
  );
  each(['digest', 'rest'], (kind) =>
    each(['sent', 'refused', 'later', 'unreachable'], (outcome) => mails.add(0, { kind, outcome })),
  );
  each(alertKinds, (rule) => each(['raised', 'resolved'], (event) => alerts.add(0, { rule, event })));

  /** What an answer of the database says has happened. */
  const count: Record<string, (args: Args, answer: Args, source: RunSource) => void> = {
    finish_search_run: (args, answer, source) => {
      if (answer.status === undefined) return;
      runs.add(1, {
        source: args.p_actor === 'reconciler' ? 'reconciled' : source,
        outcome: String(answer.status),
      });
    },
    record_postings_page: (args, answer) => {
      const board = boardOfSource(args.p_source as SourceKey);
      postings.add(Number(answer.postings_new), { board, change: 'new' });
      postings.add(Number(answer.postings_changed), { board, change: 'changed' });
    },
    finish_source_sync: (args) =>
      syncs.add(1, { board: boardOfSource(args.p_source as SourceKey), outcome: 'ok' }),
    fail_source_sync: (args) =>
      syncs.add(1, { board: boardOfSource(args.p_source as SourceKey), outcome: String(args.p_class) }),
    finish_digest_mail: (args) => mails.add(1, { kind: 'digest', outcome: String(args.p_end) }),
    finish_rest_notice: (args) => mails.add(1, { kind: 'rest', outcome: String(args.p_end) }),
  };

  return {
    /** Times each call as a span, and counts what it changed. @param source of the runs that are ended by it. */
    observedRpc:
      (rpc: Rpc, source: RunSource = 'manual'): Rpc =>
      (name, args, answer) =>
        timed(
          () => inSpan(`database ${name}`, { 'db.operation.name': name }, () => rpc(name, args, answer)),
          (duration, end) => {
            calls.record(duration, { function: name, outcome: end.ok ? 'ok' : 'error' });
            if (end.ok) count[name]?.(args, (end.result ?? {}) as Args, source);
          },
        ),

    observeRequest: ((board, request) =>
      timed(
        () => inSpan(`board ${board}`, { board }, request),
        (duration, end) => {
          const failure = !end.ok && (end.error instanceof BoardError ? end.error.errorClass : 'cancelled');
          requests.record(duration, { board, outcome: failure || 'ok' });
        },
      )) satisfies ObserveRequest,

    observedChannel: (channel: AlertChannel): AlertChannel => ({
      ...channel,
      async tell(message) {
        try {
          await channel.tell(message);
        } catch (error) {
          const isCertain = error instanceof AlertNotTold && error.told.isCertain;
          messages.add(1, { channel: channel.name, outcome: isCertain ? 'not_told' : 'unsure' });
          throw error;
        }
        messages.add(1, { channel: channel.name, outcome: 'told' });
        // The log is always told of every one.
        if (channel.name !== 'log') return;
        for (const { kind, event } of message.notices) alerts.add(1, { rule: kind, event });
      },
    }),
  };
}

/** What goes into a function of the database, or comes out. */
type Args = Record<string, unknown>;
