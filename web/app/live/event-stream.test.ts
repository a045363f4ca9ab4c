import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventSource } from 'undici';
import type { Run } from '../api/types.js';
import { aRun } from '../testing/run.js';
import { openEventStream } from './event-stream.js';
import type { Connection } from './keep-open.js';

/** What the next connections are answered; the last one stands for all that follow. */
type Answer = (response: ServerResponse) => void;

async function eventServer(answers: Answer[]) {
  const server = createServer((_request, response) => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    answer?.(response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const stream =
  (...runs: Run[]): Answer =>
  (response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (const run of runs)
      response.write(`event: run\nid: ${run.revision}\ndata: ${JSON.stringify(run)}\n\n`);
    response.write('event: heartbeat\ndata: {"everySeconds":15}\n\n');
  };
const refuse: Answer = (response) => response.writeHead(503).end();

beforeAll(() => {
  Object.assign(globalThis, { EventSource, window: new EventTarget() });
});

test('hands on companies, to who wants them', async () => {
  const company = { board: 'lever', token: 'acme', state: 'open' };
  const server = await eventServer([
    (response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write(`event: company\ndata: ${JSON.stringify(company)}\n\n`);
    },
  ]);
  let close = () => {};
  const told = await new Promise((onCompany) => {
    close = openEventStream(server.url, { onRun: () => {}, onCompany });
  });
  close();
  server.close();
  expect(told).toEqual(company);
});

test('hands on each run, and says that it is live once all of it was told', async () => {
  const server = await eventServer([stream(aRun({ revision: 1 }), aRun({ revision: 2 }))]);
  const told: unknown[] = [];
  let close = () => {};
  await new Promise<void>((done) => {
    close = openEventStream(server.url, {
      onRun: ({ revision }) => told.push(revision),
      onConnection: ({ state }) => {
        told.push(state);
        done();
      },
    });
  });
  close();
  server.close();
  expect(told).toEqual([1, 2, 'live']);
});

test('goes on trying after a refusal, and is live again once what is shown was read anew', async () => {
  const server = await eventServer([
    (response) => {
      stream(aRun({ revision: 1 }))(response);
      // The stream breaks once its event has gone out.
      setImmediate(() => response.destroy());
    },
    refuse,
    stream(aRun({ revision: 2 })),
  ]);
  const told: unknown[] = [];
  let close = () => {};
  await new Promise<void>((done) => {
    close = openEventStream(server.url, {
      onRun: () => {},
      onConnection: ({ state }) => {
        told.push(state);
        if (told.includes('read anew') && state === 'live') done();
      },
      onOpen: async (again) => {
        if (!again) return;
        await new Promise(setImmediate);
        told.push('read anew');
      },
      onRefused: () => told.push('refused'),
    });
  });
  close();
  server.close();
  expect(told).toEqual(['live', 'reconnecting', 'refused', 'reconnecting', 'read anew', 'live']);
});

test('what could not be read anew is asked for on another stream', async () => {
  const server = await eventServer([
    (response) => {
      stream()(response);
      setImmediate(() => response.destroy());
    },
    stream(),
  ]);
  const connections: Connection['state'][] = [];
  let tries = 0;
  let close = () => {};
  await new Promise<void>((done) => {
    close = openEventStream(server.url, {
      onRun: () => {},
      onConnection: ({ state }) => {
        connections.push(state);
        if (tries === 2 && state === 'live') done();
      },
      onOpen: async (again) => {
        if (again && ++tries === 1) throw new Error('away');
      },
    });
  });
  close();
  server.close();
  expect(connections).toEqual(['live', 'reconnecting', 'reconnecting', 'live']);
});
