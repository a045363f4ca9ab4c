import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inProject } from './project-root.js';

/** With the environment as it is: pip has settings there. */
const run = (program: string, args: string[]) => promisify(execFile)(program, args, { env: process.env });
/** Kept for all stacks of the project, like the other programs that are fetched. */
const kept = {
  folder: inProject('.data/python/jobspy'),
  requirements: inProject('jobspy-service/requirements.txt'),
};

/** There is no Python that will do, or it lacks its venv module; the message says what to install. */
export class PythonMissingError extends Error {}

/** The packages want this one or a newer one. */
const oldestPython = [3, 11] as const;
const pythonNames = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python'];

/** The Python of a virtual environment. */
const pythonIn = (folder: string) =>
  join(folder, ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']));

/** The Python of the JobSpy service, there after `ensureJobspyPython`. */
export const jobspyPython = pythonIn(kept.folder);

/**
 * Makes the virtual environment of jobspy-service/ when it is missing, its requirements changed or its Python did.
 * @throws PythonMissingError, or an Error with what pip says.
 */
export async function ensureJobspyPython(
  onProgress: (line: string) => void,
  { folder, requirements } = kept,
): Promise<void> {
  // Written last: without it the folder is not whole.
  const noteFile = join(folder, 'installed.txt');
  const wanted = await readFile(requirements, 'utf8');
  const note = async () => `# ${await versionOf(pythonIn(folder))}\n${wanted}`;
  if (existsSync(noteFile) && (await readFile(noteFile, 'utf8')) === (await note())) return;

  const python = await findPython();
  onProgress(`Making a Python environment for the JobSpy service (${python})`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await run(python, ['-m', 'venv', folder]).catch(() => {
    throw new PythonMissingError(
      `The JobSpy service needs Python's venv module, which ${python} does not have: install it ` +
        '(on Debian and Ubuntu: apt-get install python3-venv), or start without --jobspy.',
    );
  });
  onProgress('Installing the JobSpy service’s Python packages (pip): some 100 MB, once');
  await installPackages(pythonIn(folder), requirements);
  await writeFile(noteFile, await note());
}

async function installPackages(python: string, requirements: string): Promise<void> {
  const quiet = ['--quiet', '--disable-pip-version-check', '--no-input', '--only-binary=:all:'];
  await run(python, ['-m', 'pip', 'install', ...quiet, '-r', requirements]).catch((error) => {
    const { stderr = '' } = error as { stderr?: string };
    const said = stderr.split('\n').filter((line) => line.startsWith('ERROR'));
    throw new Error(
      `The JobSpy service's Python packages could not be installed:\n${said.join('\n') || stderr || error}\n` +
        'Start without --jobspy to do without its sites.',
    );
  });
}

/** Empty when it does not run: not there, or what it is a link to has gone. */
const versionOf = (python: string) =>
  run(python, ['--version']).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );

async function findPython(): Promise<string> {
  const [major, minor] = oldestPython;
  const isNewEnough = `import sys; sys.exit(sys.version_info < (${major}, ${minor}))`;
  for (const name of pythonNames) {
    const found = await run(name, ['-c', isNewEnough]).catch(() => undefined);
    if (found) return name;
  }
  throw new PythonMissingError(
    `The JobSpy service needs Python ${oldestPython.join('.')} or newer, and there is none on the PATH: ` +
      'install python3, or start without --jobspy.',
  );
}
