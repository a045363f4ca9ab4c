import { Semaphore } from 'async-mutex';
import fc from 'fast-check';
import { startTestStack, type TestStack } from '../local/testing/stack.js';
import { type ApiClient, startApi } from './testing/api-client.js';
import { type BadRequest, badRequests } from './testing/bad-requests.js';

const howMany = 10_000;
const atATime = 32;
/** Bounds a request that is never answered, and says nothing about speed. */
const patienceMs = 120_000;
/** The same requests each time; another number looks for others. */
const seed = Number(process.env.BAD_REQUESTS_SEED ?? 1);

let stack: TestStack;
let api: ApiClient;
let token: string;
beforeAll(async () => {
  stack = await startTestStack();
  ({ api } = await startApi(stack));
  token = (await stack.createUser()).accessToken;
});
afterAll(() => stack?.stop());

/** What is wrong with how a bad request was answered; null when it was refused as it should be. */
async function complaint(request: BadRequest): Promise<string | null> {
  const { method, path, headers, body } = request;
  try {
    const response = await fetch(api.url + path, {
      method,
      headers,
      ...(body !== undefined && { body }),
      signal: AbortSignal.timeout(patienceMs),
    });
    const type = response.headers.get('content-type') ?? '';
    if (response.status >= 400 && response.status < 500 && type.startsWith('application/problem+json')) {
      const problem = await response.json();
      return problem.status === response.status ? null : `its body says ${problem.status}`;
    }
    await response.body?.cancel();
    return `${response.status} ${type}`;
  } catch (error) {
    return String(error);
  }
}

test(`${howMany} requests that the document says are wrong: each is a 4xx problem, none fails or hangs`, async () => {
  const document = (await api.get('/openapi.json')).body;
  const requests = fc.sample(badRequests(document, token), { numRuns: howMany, seed });
  const kinds = new Map<string, number>();
  const lanes = new Semaphore(atATime);
  const answered = await Promise.all(
    requests.map((request) =>
      lanes.runExclusive(async () => {
        kinds.set(request.wrong, (kinds.get(request.wrong) ?? 0) + 1);
        const wrong = await complaint(request);
        return wrong === null ? null : { ...request, headers: undefined, answer: wrong };
      }),
    ),
  );
  const badlyAnswered = answered.filter((answer) => answer !== null);
  expect({ howMany: badlyAnswered.length, first: badlyAnswered.slice(0, 5) }).toEqual({
    howMany: 0,
    first: [],
  });
  expect(kinds.size).toBe(6);
  // It has come through all of it.
  expect((await api.get('/healthz')).status).toBe(200);
});
