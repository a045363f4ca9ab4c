import { Client, Connection } from '@temporalio/client';
import { startTestStack } from '../local/testing/stack.js';
import { searchRunStartOptions } from '../workflows/start-options.js';
import { type Comparison, quantile } from './figures.js';

const requests = 400;
const warmUp = 40;
const parameters = (title: string) => ({ title, boards: ['remoteok', 'jobicy'] });

/** From `POST /runs` to its 202, over starting the same workflow plus inserting the same row, in turn. */
export async function accepting(): Promise<Comparison> {
  // No worker: what is measured is the acceptance, and nothing else is at work meanwhile.
  const stack = await startTestStack({ temporal: true });
  const connection = await Connection.connect({ address: stack.temporalAddress });
  try {
    await stack.sql`update service_limits set value = 100000 where name like '%runs%'`;
    const api = await stack.startProcess('api', { REQUESTS_PER_MINUTE: '1000000', LOG_LEVEL: 'warn' });
    const person = await stack.createUser();
    const temporal = new Client({ connection });

    const post = async (index: number) => {
      const response = await fetch(`${api.url}/runs`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${person.accessToken}` },
        body: JSON.stringify({ parameters: parameters(`posted ${index}`) }),
      });
      await response.json();
      if (response.status !== 202) throw new Error(`the API answered ${response.status}`);
    };
    const insertAndStart = async (index: number) => {
      const { data, error } = await person.client
        .from('search_runs')
        .insert({ user_id: person.id, parameters: parameters(`inserted ${index}`) })
        .select('id')
        .single();
      if (error) throw error;
      const run = {
        id: data.id,
        userId: person.id,
        source: 'manual',
        savedSearchId: null,
        boards: 2,
      } as const;
      await temporal.workflow.start('searchRun', searchRunStartOptions(run));
    };

    const ours: number[] = [];
    const bare: number[] = [];
    for (let index = 0; index < warmUp + requests; index += 1) {
      const posted = await timed(() => post(index));
      const inserted = await timed(() => insertAndStart(index));
      if (index < warmUp) continue;
      ours.push(posted);
      bare.push(inserted);
    }
    return {
      what: 'POST /runs to its 202, p99',
      unit: 'ms',
      ours: quantile(ours, 0.99),
      bare: quantile(bare, 0.99),
      over: '`workflow.start` plus one insert',
    };
  } finally {
    await connection.close();
    await stack.stop();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
