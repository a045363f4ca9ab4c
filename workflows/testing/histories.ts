import { readdir, readFile } from 'node:fs/promises';

/** Recorded with `npm run record-histories`: one of every kind of run. */
export const historiesFolder = new URL('../histories/', import.meta.url);

export async function recordedHistories(): Promise<{ kind: string; history: unknown }[]> {
  const files = (await readdir(historiesFolder)).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (file) => ({
      kind: file.replace('.json', ''),
      history: JSON.parse(await readFile(new URL(file, historiesFolder), 'utf8')),
    })),
  );
}
