import { type Candidate, type Gazetteer, gazetteer, type Place } from './gazetteer.js';
import { locationParts } from './location-parts.js';
import { countriesWithRegionCodes } from './other-names.js';

/** Words around a name that mean the same place ("Greater London", "Seattle Metro", "Northern Germany"). */
const before =
  /^(?:greater|metro(?:politan)?|downtown|city of|county|state of|(?:north|south|east|west)(?:ern)?|(?:north|south)[\s-]?(?:east|west)(?:ern)?|central|upper|lower|inner|outer|mid)\s+/i;
const after =
  /\s+(?:metro(?:politan)?(?:\s+(?:area|region))?|metroplex|area|region|city|county|state|province|district)$/i;

export interface Recognised {
  places: Place[];
  /** Anywhere will do, and no place is named. */
  anywhere: boolean;
}

/**
 * The places that a location names. What is written beside a name decides which one it is ("London, ON"), then the
 * country, then which has more people.
 */
export function recognise(location: string, country?: string): Recognised {
  const world = gazetteer();
  const { places, anywhere } = locationParts(location, (text) => world.named(text).length > 0);
  const found = places.flatMap((parts) => together(known(parts, world), country));
  return { places: found, anywhere: anywhere && found.length === 0 };
}

/** What each part can mean; parts that mean nothing are left out. */
function known(parts: string[], world: Gazetteer): Candidate[][] {
  return parts
    .flatMap((part, index) => meanings(part, index > 0, world))
    .filter((candidates) => candidates.length > 0);
}

function meanings(part: string, follows: boolean, world: Gazetteer): Candidate[][] {
  const whole = named(part, follows, world);
  if (whole.length > 0) return [whole];
  // Two names with nothing between: "Berlin Germany", "UK London", "USA McLean", "US-CA".
  const words = part.split(/[\s-]+/);
  for (let at = words.length - 1; at > 0; at--) {
    const first = named(words.slice(0, at).join(' '), follows, world);
    const second = named(words.slice(at).join(' '), true, world);
    if ([first, second].every((side) => side.length > 0) && [...first, ...second].some(isWide))
      return [first, second];
  }
  // A country beside words that mean nothing: "Kleinbottwar Germany".
  const ends = [words.slice(-1), words.slice(-2), words.slice(0, 1)].map((end) =>
    named(end.join(' '), false, world).filter(({ kind }) => kind === 'country'),
  );
  return words.length > 1 ? ends.filter((end) => end.length > 0).slice(0, 1) : [];
}

function named(text: string, follows: boolean, world: Gazetteer): Candidate[] {
  const found = world.named(text);
  const code =
    /^[A-Za-z]{2,3}$/.test(text) && (follows || text === text.toUpperCase()) ? world.coded(text) : [];
  const all = [...found, ...code.filter(({ key }) => !found.some((other) => other.key === key))];
  if (all.length > 0) return all;
  const shorter = text.replace(after, '').replace(before, '');
  return shorter !== text && shorter.length > 2 ? named(shorter, follows, world) : [];
}

const isWide = ({ kind }: Place) => kind === 'region' || kind === 'country';

/** Decides what each part of one place means, by the others. */
function together(parts: Candidate[][], country?: string): Place[] {
  const chosen = parts.map((candidates, index) => {
    const judged = candidates.map((candidate) => ({
      candidate,
      support: supportOf(candidate, index, parts),
    }));
    return judged.reduce((best, other) => (isBetter(other, best, country) ? other : best));
  });
  return chosen.flatMap(({ candidate, support }, index) => {
    if (support > 0 || candidate.weight > 0) return [candidate];
    // Regions without cities ("Central") are too many to mean one by its name alone.
    const isKnown = candidate.population > 0 || candidate.country === country;
    // "Lafayette, KS": there is none in Kansas, so that the state is all that is known.
    const next = chosen[index + 1]?.candidate;
    const isElsewhere = candidate.kind === 'city' && next !== undefined && isWide(next);
    return isKnown && !isElsewhere ? [candidate] : [];
  });
}

interface Judged {
  candidate: Candidate;
  support: number;
}

function isBetter(one: Judged, other: Judged, country?: string): boolean {
  const a = one.candidate;
  const b = other.candidate;
  if (one.support !== other.support) return one.support > other.support;
  const isThere = (place: Place) => country !== undefined && place.country === country;
  if (isThere(a) !== isThere(b)) return isThere(a);
  if (a.weight !== b.weight) return a.weight > b.weight;
  if (a.within.includes(b.key)) return isCityMeant(one.support, b);
  if (b.within.includes(a.key)) return !isCityMeant(other.support, a);
  return a.population > b.population;
}

/** "New York, New York", "Zürich" are the city; "Quebec" is the province, "Singapore" the country: that has the city. */
const isCityMeant = (support: number, around: Place) =>
  support >= inRegion ||
  (around.kind === 'region' && !countriesWithRegionCodes.includes(around.country ?? ''));

const inRegion = 3;

/** How well a meaning goes with what is written beside it. */
function supportOf(candidate: Candidate, index: number, parts: Candidate[][]): number {
  return parts.reduce((sum, others, at) => {
    if (at === index) return sum;
    const best = Math.max(...others.map((other) => affinity(candidate, other)));
    // The next part belongs to this one more than to others: "Springfield, MA, Portland, OR".
    return sum + best + (best > 0 && at === index + 1 ? 0.5 : 0);
  }, 0);
}

function affinity(a: Place, b: Place): number {
  if (a.key === b.key) return 1;
  const [inner, outer] = a.within.includes(b.key) ? [a, b] : [b, a];
  if (inner.within.includes(outer.key))
    return outer.kind === 'region' ? inRegion : outer.kind === 'area' ? 1 : 2;
  // The data has no cities of this region: the country must do.
  const isLoose = ({ kind, population }: Place) => kind === 'region' && population === 0;
  return (isLoose(a) || isLoose(b)) && a.kind !== b.kind && a.country === b.country ? 2 : 0;
}
