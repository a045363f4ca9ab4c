import { startProduct } from '../local/testing/product.js';
import { type Aftermath, lookAt } from './aftermath.js';
import { commit, durationOf, planFaults, type Victim, victims } from './faults.js';
import { searchAll, signUp } from './searches.js';

/** Many searches of few people, and boards that have to be read again and again. */
const settings = {
  SAMPLE_FRESH_SECONDS: '5',
  SAMPLE_REQUESTS_PER_SECOND: '50',
  BOARD_FAILURE_PAUSE_SECONDS: '1',
  ACTIVE_RUNS_PER_USER: '1000',
  MANUAL_RUNS_PER_HOUR: '10000',
  REQUESTS_PER_MINUTE: '1000000',
  SIGN_INS_PER_MINUTE: '1000000',
  SIGN_INS_PER_ACCOUNT: '1000000',
  RESTART_LONGEST_PAUSE_SECONDS: '2',
  // The time of the day is none of the faults.
  SERVICE_SCHEDULES: 'off',
};

export interface Play {
  runs: number;
  faults: number;
  people: number;
  seed: number;
}

export interface Figures extends Aftermath {
  accepted: number;
  /** Requests until all searches were accepted and all cancels answered. */
  attempts: number;
  cancelsAsked: number;
  faults: Record<Victim, number>;
  seconds: number;
}

/**
 * The whole product, people who search, and processes killed under them; then what is left. It stops by itself: every
 * wait in it is bounded.
 */
export async function play(
  { runs, faults, people, seed }: Play,
  say: (line: string) => void,
): Promise<Figures> {
  const startedAt = Date.now();
  const planned = planFaults(seed, faults);
  const product = await startProduct(settings);
  try {
    say(`The product runs. ${runs} searches of ${people} people, ${faults} faults, seed ${seed}.`);
    const tokens = await signUp(product, people);
    let lastFault = new Date();
    const [asked] = await Promise.all([
      searchAll(product, tokens, { runs, seed, overMs: durationOf(planned) }),
      commit(planned, product, say).then(() => (lastFault = new Date())),
    ]);
    say(`${asked.accepted.length} searches were accepted. Waiting for the last to end.`);
    const aftermath = await lookAt(product, asked.accepted, lastFault);
    return {
      ...aftermath,
      accepted: asked.accepted.length,
      attempts: asked.attempts,
      cancelsAsked: asked.cancelled,
      faults: Object.fromEntries(
        victims.map((each) => [each, planned.filter(({ victim }) => victim === each).length]),
      ) as Record<Victim, number>,
      seconds: (Date.now() - startedAt) / 1_000,
    };
  } finally {
    await product.stop();
  }
}
