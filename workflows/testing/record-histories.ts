import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { localMailFrom } from '../../local/mailbox/config.js';
import { createMailbox } from '../../local/mailbox/server.js';
import { startTestServer } from '../../local/testing/start-test-server.js';
import { waitFor } from '../../local/testing/wait-for.js';
import { say } from '../../observability/standard-output.js';
import {
  compareSchedulesId,
  reconcileScheduleId,
  reconcileSchedulesId,
  sweepScheduleId,
  watchScheduleId,
} from '../workflow-ids.js';
import { historiesFolder, recordedHistories } from './histories.js';
import { scenarios } from './scenarios.js';
import { tickScenarios } from './tick-scenarios.js';
import { triggerSchedule } from './trigger-schedule.js';
import { startWorld } from './world.js';

// Plays every scenario and writes the histories down. Run it after a deliberate change of a workflow, and read
// docs/decisions before: runs that are under way have the old history. With `--missing` what is recorded stays as it is,
// and kinds that are not are added.
const onlyMissing = process.argv.includes('--missing');
const server = await startTestServer();
const mailbox = createMailbox({ folder: await mkdtemp(join(tmpdir(), 'mails-')) });
await mailbox.listen();
try {
  const world = await startWorld({
    SMTP_URL: mailbox.smtpUrl,
    MAIL_FROM: localMailFrom,
    DIGEST_INTERVAL_SECONDS: '3600',
    SERVICE_SCHEDULES: 'paused',
    TICK_PAGE_SEARCHES: '2',
    TICK_PAGES_AT_A_TIME: '1',
    TICK_ACTIVITIES_PER_EXECUTION: '2',
  });
  try {
    if (!onlyMissing) await rm(historiesFolder, { recursive: true, force: true });
    await mkdir(historiesFolder, { recursive: true });
    const recorded = new Set((await recordedHistories()).map(({ kind }) => kind));
    const save = async (kind: string, workflowId: string, runId?: string) => {
      if (recorded.has(kind)) return;
      const history = await world.temporal.workflow.getHandle(workflowId, runId).fetchHistory();
      const json = JSON.stringify(JSON.parse(historyToJSON(history), withoutMachine), null, 1);
      await writeFile(new URL(`${kind}.json`, historiesFolder), `${json}\n`);
      say(`${kind}: ${history.events?.length} events`);
    };
    for (const play of Object.values({ ...scenarios, ...tickScenarios })) {
      const { histories } = await play(world);
      for (const [kind, of] of Object.entries(histories)) {
        if (typeof of === 'string') await save(kind, of);
        else await save(kind, of.workflowId, of.runId);
      }
    }
    for (const id of [
      reconcileScheduleId,
      reconcileSchedulesId,
      compareSchedulesId,
      sweepScheduleId,
      watchScheduleId,
    ]) {
      await triggerSchedule(world, id);
      const done = await waitFor(
        async () => {
          const query = `WorkflowId STARTS_WITH "${id}-" AND ExecutionStatus = "Completed"`;
          for await (const { workflowId } of world.temporal.workflow.list({ query })) return workflowId;
          return undefined;
        },
        { what: `${id} to have run` },
      );
      await save(id, done);
    }
  } finally {
    await world.stop();
  }
} finally {
  await mailbox.close();
  await rm(mailbox.folder, { recursive: true, force: true });
  await server.stop();
}

/** What tells of the machine that it was recorded on; replay does not look at it. */
function withoutMachine(key: string, value: unknown): unknown {
  if (key === 'stackTrace') return undefined;
  if (key === 'identity') return 'worker';
  // A worker's own queue is named after its host.
  return typeof value === 'string' ? value.replace(/^\d+@[^-]+-/, 'worker-') : value;
}
