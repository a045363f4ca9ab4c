import { readFile } from 'node:fs/promises';
import type { WorkflowExecutionInfo } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { inProject } from '../local/services/project-root.js';
import { waitFor } from '../local/testing/wait-for.js';
import * as workflows from './index.js';
import { scenarios } from './testing/scenarios.js';
import { tickScenarios } from './testing/tick-scenarios.js';
import { triggerSchedule } from './testing/trigger-schedule.js';
import { startWorld, type World } from './testing/world.js';
import {
  compareSchedulesId,
  reconcileScheduleId,
  reconcileSchedulesId,
  sendDigestsScheduleId,
  sweepScheduleId,
  watchScheduleId,
} from './workflow-ids.js';

// What an operator is told in the Temporal Web UI, on a server where every kind of workflow has run.

const schedules = [
  reconcileScheduleId,
  reconcileSchedulesId,
  compareSchedulesId,
  sweepScheduleId,
  watchScheduleId,
  sendDigestsScheduleId,
];

let world: World;
let listed: WorkflowExecutionInfo[];
/** A run that the person asked for, and one that somebody's tick started. */
let runId: string;

async function list(query: string): Promise<WorkflowExecutionInfo[]> {
  const found: WorkflowExecutionInfo[] = [];
  for await (const each of world.temporal.workflow.list({ query })) found.push(each);
  return found;
}

beforeAll(async () => {
  world = await startWorld({ SERVICE_SCHEDULES: 'paused' });
  const { runs } = await scenarios.partial(world);
  runId = runs[0]?.id ?? '';
  await scenarios.companiesFollowed(world);
  await tickScenarios.ownTick(world);
  await tickScenarios.tickRequested(world);
  for (const id of schedules) await triggerSchedule(world, id);
  // Temporal's list lags behind.
  listed = await waitFor(
    async () => {
      const all = await list('');
      const types = new Set(all.filter(({ status }) => status.name !== 'RUNNING').map(({ type }) => type));
      return Object.keys(workflows).every((type) => types.has(type)) && all;
    },
    { what: 'a workflow of every type to be listed' },
  );
});
afterAll(() => world?.stop());

test('every type of workflow, and each of its steps, says in plain words what it is for', async () => {
  const untold: string[] = [];
  const seen = new Set<string>();
  for (const { type, workflowId, runId } of listed) {
    const handle = world.temporal.workflow.getHandle(workflowId, runId);
    const described = await handle.describe();
    seen.add(type);
    if (!(await described.staticSummary())) untold.push(`${type} has no summary`);
    if (!(await described.staticDetails())) untold.push(`${type} has no details`);
    for (const event of (await handle.fetchHistory()).events ?? []) {
      const step = event.activityTaskScheduledEventAttributes?.activityType?.name;
      const summary = event.userMetadata?.summary;
      if (step && !(summary && defaultPayloadConverter.fromPayload<string>(summary)))
        untold.push(`${type}: ${step} has no summary`);
    }
  }
  expect([...new Set(untold)]).toEqual([]);
  expect([...seen].sort()).toEqual(Object.keys(workflows).sort());
});

/** The filters of docs/OPERATIONS.md by the question that each answers, as they stand there. */
async function documentedFilters(): Promise<Map<string, string>> {
  const text = await readFile(inProject('docs/OPERATIONS.md'), 'utf8');
  const [, table = ''] = /\| question \| filter \|\n\| --- \| --- \|\n((?:\|.*\n)+)/.exec(text) ?? [];
  return new Map(
    table
      .trim()
      .split('\n')
      .map((row) => row.split('|').map((cell) => cell.trim()))
      .map(([, question = '', filter = '']) => [question, filter.replaceAll('`', '')]),
  );
}

test('each filter of the operations document lists what it says', async () => {
  const filters = await documentedFilters();
  const idsOf = (of: WorkflowExecutionInfo[]) => [...new Set(of.map(({ workflowId }) => workflowId))].sort();
  const attribute = (name: string) => (each: WorkflowExecutionInfo) =>
    each.typedSearchAttributes.getAll().find(({ key }) => key.name === name)?.value;
  const of = (name: string, value: unknown) =>
    idsOf(listed.filter((each) => attribute(name)(each) === value));
  const tick = listed.map(attribute('TickId')).find(Boolean) as string;
  const saved = listed.map(attribute('SavedSearchId')).find(Boolean) as string;
  const asked: Record<string, { filled: (filter: string) => string; finds: string[] }> = {
    'a person’s runs': {
      filled: (filter) => filter.replace('<uuid>', world.person.id),
      finds: of('UserId', world.person.id),
    },
    'one run': {
      filled: (filter) => filter.replace('<run id>', runId),
      finds: [`search-run/${runId}`],
    },
    'scheduled runs only': { filled: (filter) => filter, finds: of('RunSource', 'cron') },
    'runs and own ticks of one saved search': {
      filled: (filter) => filter.replace('<uuid>', saved),
      finds: of('SavedSearchId', saved),
    },
    'a tick and its runs': {
      filled: (filter) => filter.replace(/"[^"]+"/, `"${tick}"`),
      finds: of('TickId', tick),
    },
    'ticks that an operator began, or a request from outside': {
      filled: (filter) => filter,
      finds: [...of('TickCause', 'operator'), ...of('TickCause', 'request')].sort(),
    },
    'syncs of a board, and checks of its companies': {
      filled: (filter) => filter,
      finds: of('Board', 'greenhouse'),
    },
    'what failed lately': {
      filled: (filter) => filter.replace(/"2\d{3}-[^"]+"/, '"2020-01-01T00:00:00Z"'),
      finds: idsOf(listed.filter(({ status }) => status.name === 'FAILED')),
    },
  };
  expect([...filters.keys()]).toEqual(Object.keys(asked));
  for (const [question, { filled, finds }] of Object.entries(asked)) {
    expect(finds).not.toEqual([]);
    // More may have been started meanwhile.
    const found = idsOf(await list(filled(filters.get(question) ?? '')));
    expect([question, ...finds.filter((id) => !found.includes(id))]).toEqual([question]);
    expect([question, found.filter((id) => idsOf(listed).includes(id))]).toEqual([question, finds]);
  }
});

test('an operator sees on a workflow’s page how far it is', async () => {
  const tick = listed.find(({ type }) => type === 'refreshTick');
  const sync = listed.find(({ workflowId }) => workflowId === 'board-sync/jobicy');
  for (const [each, told] of [
    [tick, /refresh-all|saved-search/],
    [sync, /\d+ pages, \d+ postings read, \d+ new/],
  ] as const) {
    const metadata = await world.temporal.workflow
      .getHandle(each?.workflowId ?? '', each?.runId)
      .query<{ currentDetails?: string }>('__temporal_workflow_metadata');
    expect(metadata.currentDetails).toMatch(told);
  }
});
