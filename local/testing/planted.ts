import { appendFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What must stand nowhere that is kept: its name, for the report, and the words themselves. */
export type Planted = Record<string, string>;

/** Shorter ones may stand anywhere by chance. */
const shortest = 12;

/** Which settings are secrets, by their names. */
export const looksSecret = /SECRET|OTLP_HEADERS|KEY|PASSWORD|TOKEN|DATABASE_URL|SMTP_URL|WEBHOOK_URL|APP_ID/;

/** Notes the secrets that a program is given, so that the end of the test run looks for them in every log. */
export function notePlanted(settings: Record<string, string>): void {
  const file = process.env.STF_PLANTED;
  if (!file) return;
  for (const [name, value] of Object.entries(settings)) {
    if (!looksSecret.test(name)) continue;
    // Of an address with a password in it the password is the secret.
    const secret = URL.canParse(value) && new URL(value).password ? new URL(value).password : value;
    if (secret.length >= shortest) appendFileSync(file, `${JSON.stringify([name, secret])}\n`);
  }
}

/** What was noted: each value once. */
export async function readPlanted(file: string): Promise<Planted> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const noted = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as [name: string, value: string]);
  const names = new Map(noted.map(([name, value]) => [value, name]));
  return Object.fromEntries([...names].map(([value, name], index) => [`${name} (${index + 1})`, value]));
}

/** The forms in which a value may turn up: as it is, in an address, and in Base64. */
function formsOf(value: string): string[] {
  return [
    ...new Set([value, encodeURIComponent(value), Buffer.from(value).toString('base64').replace(/=+$/, '')]),
  ];
}

/** A place where something was found, and what. The words themselves are not told: the report is a log as well. */
export interface Leak {
  where: string;
  what: string;
}

export function leaksIn(where: string, text: string, planted: Planted): Leak[] {
  return Object.entries(planted)
    .filter(([, value]) => formsOf(value).some((form) => text.includes(form)))
    .map(([what]) => ({ where, what }));
}

/** Every file under a folder, by its path in it. */
export async function filesUnder(folder: string): Promise<{ path: string; text: string }[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => {
        const path = join(parentPath, name);
        return { path: path.slice(folder.length + 1), text: await readFile(path, 'utf8') };
      }),
  );
}
