import { createHash } from 'node:crypto';
import { faker } from '@faker-js/faker/locale/en';

/** A number from 0 to 2³²−1 that depends on the seed and the key alone. */
export function hashOf(seed: number, key: string): number {
  return createHash('sha256').update(`${seed}/${key}`).digest().readUInt32BE();
}

/**
 * Chance that depends on the seed and the key alone, so that each job can be made by itself, in any order.
 * There is one generator: use what it gives before asking for another key.
 */
export function randomFor(seed: number, key: string): typeof faker {
  faker.seed(hashOf(seed, key));
  return faker;
}
