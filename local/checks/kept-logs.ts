import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesUnder, leaksIn, readPlanted } from '../testing/planted.js';
import type { Counts } from './counts.js';

/** What every suite's people have by the form of it, and what no log may hold whoever's it is. */
const forms: Record<string, RegExp> = {
  'an address of a person': /person-[0-9a-f-]{36}(@|%40)/,
  'a password of a person': /\bpw-[0-9a-f-]{36}\b/,
  'a token': /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}/,
  'a link of a feed': /\/feeds\/[0-9a-f]{8}-[0-9a-f-]{27}/,
  'a link of a mail': /\/unsubscribe\/[0-9a-f]{64}/,
};

/** Where the programs of a test run write what they log, and the suites which secrets they gave to them. */
export interface KeptLogs {
  /** The tests are told of it by these. */
  environment: Record<'STF_KEPT_LOGS' | 'STF_PLANTED', string>;
  /** One passed or failed check, or none where no program was started. */
  check(say: (line: string) => void): Promise<Counts>;
}

export async function keepLogs(): Promise<KeptLogs> {
  const folder = await mkdtemp(join(tmpdir(), 'stf-logs-'));
  const logs = join(folder, 'logs');
  const planted = join(folder, 'planted.jsonl');
  return {
    environment: { STF_KEPT_LOGS: logs, STF_PLANTED: planted },
    async check(say) {
      const found = await searchLogs(logs, planted);
      const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
      if (found === undefined) {
        await rm(folder, { recursive: true, force: true });
        return counts;
      }
      const title = `check: no secret, token or address in the ${found.files} logs of the run`;
      if (found.leaks.length === 0) {
        await rm(folder, { recursive: true, force: true });
        say(`PASS ${title}`);
        return { ...counts, passed: 1 };
      }
      say(`FAIL ${title}\n${found.leaks.map((leak) => `  ${leak}\n`).join('')}They are kept in ${logs}`);
      return { ...counts, failed: 1 };
    },
  };
}

/** Each leak once for its file and line. Its words are not told. */
async function searchLogs(
  logs: string,
  plantedFile: string,
): Promise<{ files: number; leaks: string[] } | undefined> {
  const files = await filesUnder(logs).catch(() => []);
  if (files.length === 0) return undefined;
  const planted = await readPlanted(plantedFile);
  const leaks = files.flatMap(({ path, text }) => {
    const patterns = Object.entries(forms).filter(([, form]) => form.test(text));
    const values = leaksIn(path, text, planted);
    if (patterns.length + values.length === 0) return [];
    return text
      .split('\n')
      .flatMap((line, index) => [
        ...patterns.filter(([, form]) => form.test(line)).map(([what]) => `${path}:${index + 1}: ${what}`),
        ...leaksIn(path, line, planted).map(({ what }) => `${path}:${index + 1}: ${what}`),
      ]);
  });
  return { files: files.length, leaks };
}
