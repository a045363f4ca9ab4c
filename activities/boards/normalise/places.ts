import type { Posting } from '../../../domain/posting.js';
import { cleanLine } from './text.js';

const maxPlaces = 50;

/** Tidies places: decoded, single spaces, no dangling commas ("Cammeray, "), no repetitions, none empty. */
export function places(names: readonly (string | null | undefined)[]): string[] {
  const tidy = names.map((name) =>
    cleanLine(name ?? '', 200)
      .replace(/^[\s,;–-]+|[\s,;–-]+$/g, '')
      .replace(/\s*,(\s*,)*\s*/g, ', '),
  );
  return [...new Set(tidy.filter((name) => name !== ''))].slice(0, maxPlaces);
}

/** Several places in one field: "Berlin, Berlin; München, Bavaria", "New York | London". */
export const placesIn = (text: string | null | undefined): string[] => places((text ?? '').split(/[;|]/));

/** A list of countries and regions in one field: "LATAM,  Hong Kong,  Mexico". */
export const regionsIn = (text: string | null | undefined): string[] => places((text ?? '').split(/[;,|]/));

/** How the work is done, by the words of a place or title; `unknown` when they do not say. */
export function workModeIn(...texts: (string | null | undefined)[]): Posting['workMode'] {
  const text = texts.join(' ').toLowerCase();
  if (/\bhybrid\b/.test(text)) return 'hybrid';
  if (/\bremote(?!-?controlled)\b|\bwork from home\b|\banywhere\b|\bhome ?office\b/.test(text))
    return 'remote';
  if (/\bon-?site\b|\bin[- ]office\b/.test(text)) return 'onsite';
  return 'unknown';
}
