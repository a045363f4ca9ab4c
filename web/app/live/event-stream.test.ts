import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventSource } from 'undici';
import type { Run } from '../api/types.js';
import { aRun } from '../testing/run.js';
import { type Connection, openEventStream } from './event-stream.js';

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
    response.write(': hello\n\n');
    for (const run of runs)
      response.write(`event: run\nid: ${run.revision}\ndata: ${JSON.stringify(run)}\n\n`);
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

test('hands on each run and says that it is live', async () => {
  const server = await eventServer([stream(aRun({ revision: 1 }), aRun({ revision: 2 }))]);
  const connections: Connection[] = [];
  const revisions: number[] = [];
  await new Promise<void>((done) => {
    const close = openEventStream(server.url, {
      onConnection: (connection) => connections.push(connection),
      onRun: ({ revision }) => {
        revisions.push(revision);
        if (revision === 2) {
          close();
          done();
        }
      },
    });
  });
  server.close();
  expect(revisions).toEqual([1, 2]);
  expect(connections).toEqual(['live']);
});

test('goes on trying after a refusal, and tells a first opening from another one', async () => {
  const server = await eventServer([
    (response) => {
      stream(aRun({ revision: 1 }))(response);
      // The stream breaks once its event has gone out.
      setImmediate(() => response.destroy());
    },
    refuse,
    stream(aRun({ revision: 2 })),
  ]);
  const connections: Connection[] = [];
  const openings: boolean[] = [];
  let refusals = 0;
  await new Promise<void>((done) => {
    const close = openEventStream(server.url, {
      onConnection: (connection) => connections.push(connection),
      onOpen: (again) => openings.push(again),
      onRefused: () => {
        refusals += 1;
      },
      onRun: ({ revision }) => {
        if (revision !== 2) return;
        close();
        done();
      },
    });
  });
  server.close();
  expect(openings).toEqual([false, true]);
  expect(refusals).toBe(1);
  expect(connections[0]).toBe('live');
  expect(connections.at(-1)).toBe('live');
  expect(connections).toContain('reconnecting');
});
