import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomFor } from '../local/boards/catalogue/random.js';
import type { Product } from '../local/testing/product.js';
import { createTestUser } from '../local/testing/test-user.js';

/** What came of asking: the ids of accepted runs, and how often it had to be asked again. */
export interface Asked {
  accepted: string[];
  attempts: number;
  cancelled: number;
}

const boards = ['remotive', 'arbeitnow', 'remoteok', 'jobicy', 'himalayas'];
const titles = ['engineer', 'designer', 'manager', 'analyst', 'developer', 'nurse', 'writer', 'sales'];
const cancelledShare = 0.1;
const retryPauseMs = 300;
/** A client that gives up would say that its search was not accepted; here none does. */
const patienceMs = 10 * 60_000;

/** The access tokens of so many new people. */
export async function signUp({ supabaseUrl, anonKey }: Product, people: number): Promise<string[]> {
  const tokens: string[] = [];
  for (let number = 0; number < people; number += 1) {
    tokens.push((await createTestUser(supabaseUrl, anonKey)).accessToken);
  }
  return tokens;
}

/**
 * The people of these access tokens ask for so many searches, evenly over a time, and now and then cancel one. Each asks
 * until it is answered, with the same Idempotency-Key, as the site does.
 */
export async function searchAll(
  product: Product,
  tokens: readonly string[],
  { runs, seed, overMs }: { runs: number; seed: number; overMs: number },
): Promise<Asked> {
  const asked: Asked = { accepted: [], attempts: 0, cancelled: 0 };
  const request = async (
    token: string,
    path: string,
    body: unknown,
    isAnswer: (status: number) => boolean,
  ) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    };
    const until = Date.now() + patienceMs;
    for (;;) {
      asked.attempts += 1;
      const answer = await fetch(`${product.apiUrl}${path}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(15_000),
      }).catch(() => undefined);
      if (answer && isAnswer(answer.status)) return (await answer.json()) as { run: { id: string } };
      const refusal =
        answer && answer.status < 500 && answer.status !== 429 ? await answer.text() : undefined;
      if (refusal !== undefined) throw new Error(`${path} was refused: ${answer?.status} ${refusal}`);
      if (Date.now() > until) throw new Error(`${path} was not answered in ${patienceMs / 60_000} minutes`);
      await sleep(retryPauseMs);
    }
  };

  const perPerson = Math.ceil(runs / tokens.length);
  const searches = tokens.map(async (token, person) => {
    for (let number = person * perPerson; number < Math.min(runs, (person + 1) * perPerson); number += 1) {
      const random = randomFor(seed, `search/${number}`);
      const pauseMs = random.number.int({ max: (2 * overMs) / perPerson });
      const parameters = {
        // The number makes it another search than the person's others, which would be joined while under way.
        title: `${random.helpers.arrayElement(titles)} or nothing${number}`,
        boards: random.helpers.arrayElements(boards, { min: 1, max: 3 }),
      };
      const cancelAfterMs =
        random.number.float() < cancelledShare ? random.number.int({ max: 2_000 }) : undefined;
      await sleep(pauseMs);
      const { run } = await request(
        token,
        '/runs',
        { parameters },
        (status) => status === 202 || status === 200,
      );
      asked.accepted.push(run.id);
      if (cancelAfterMs === undefined) continue;
      await sleep(cancelAfterMs);
      // 409: it was over already.
      await request(token, `/runs/${run.id}/cancel`, {}, (status) => status < 300 || status === 409);
      asked.cancelled += 1;
    }
  });
  await Promise.all(searches);
  return asked;
}
