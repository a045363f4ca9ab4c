import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureJobspyPython, PythonMissingError } from './jobspy-python.js';

let root: string;
let place: { folder: string; requirements: string };
const path = process.env.PATH;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'stf-python-'));
  place = { folder: join(root, 'environment'), requirements: join(root, 'requirements.txt') };
  await writeFile(place.requirements, '');
});
afterEach(async () => {
  process.env.PATH = path;
  await rm(root, { recursive: true, force: true });
});

/** What was said while it was seen to. */
async function said(): Promise<string[]> {
  const lines: string[] = [];
  await ensureJobspyPython((line) => lines.push(line), place);
  return lines;
}

test('the environment is made once, and anew for other requirements; what pip says is told', async () => {
  expect(await said()).toEqual([
    expect.stringContaining('Making a Python environment'),
    expect.stringContaining('Installing'),
  ]);
  expect(await said()).toEqual([]);
  await writeFile(place.requirements, './nowhere\n');
  await expect(said()).rejects.toThrow(/could not be installed:\nERROR: .*nowhere/);
});

test('without Python it is said what to install', async () => {
  process.env.PATH = root;
  await expect(said()).rejects.toThrow(PythonMissingError);
  await expect(said()).rejects.toThrow(/Python 3\.11 or newer.*install python3, or start without --jobspy/);
});

test('without its venv module, too', async () => {
  const python = join(root, 'python3');
  await writeFile(python, '#!/bin/sh\n[ "$1" = -c ]\n');
  await chmod(python, 0o755);
  process.env.PATH = root;
  await expect(said()).rejects.toThrow(/venv module.*apt-get install python3-venv/);
});
