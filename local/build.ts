import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { launch } from './services/process.js';
import { inProject, projectRoot } from './services/project-root.js';

interface Build {
  title: string;
  /** Files and folders it is made from. */
  inputs: string[];
  output: string;
  args: string[];
}

/** What the worker and the API are both built from, beside their own folders. */
const programInputs = [
  'workflows',
  'activities',
  'domain',
  'observability',
  'temporal',
  'package-lock.json',
  'tsconfig.json',
];

const builds = {
  web: {
    title: 'the website',
    inputs: ['web', 'domain', 'observability', 'package-lock.json', 'tsconfig.json'],
    output: 'build/web/server/index.js',
    args: ['node_modules/@remix-run/dev/dist/cli.js', 'vite:build', '--config', 'web/vite.config.ts'],
  },
  workflows: {
    title: "the workflows' bundle",
    inputs: [
      'workflows',
      'activities',
      'domain',
      'worker/bundle.ts',
      'worker/tracing.ts',
      'package-lock.json',
      'tsconfig.json',
    ],
    output: 'build/workflow-bundle.js',
    args: ['--import', 'tsx', 'worker/bundle.ts'],
  },
  worker: {
    title: 'the worker',
    inputs: ['worker', ...programInputs],
    output: 'build/worker.js',
    args: ['--import', 'tsx', 'local/build-program.ts', 'worker'],
  },
  api: {
    title: 'the API',
    inputs: ['api', ...programInputs],
    output: 'build/api.js',
    args: ['--import', 'tsx', 'local/build-program.ts', 'api'],
  },
  supabase: {
    title: 'the local Supabase',
    inputs: [
      'local/supabase',
      'local/services',
      'local/build-program.ts',
      'domain',
      'package-lock.json',
      'tsconfig.json',
    ],
    output: 'build/local/supabase.js',
    args: ['--import', 'tsx', 'local/build-program.ts', 'local/supabase'],
  },
} satisfies Record<string, Build>;

/**
 * Builds what is not built yet or was built from other files: what is deployed, unless others are named. Within `npm test`,
 * which has done that (STF_BUILT), nothing is looked at again.
 * @returns what was built now, for people.
 * @throws Error with the build's own output.
 */
export async function buildWhenChanged(
  names: (keyof typeof builds)[] = ['web', 'workflows', 'worker', 'api'],
): Promise<string[]> {
  if (process.env.STF_BUILT) return [];
  const built: string[] = [];
  for (const name of names) {
    const build: Build = builds[name];
    const stampFile = inProject(`build/.${name}.hash`);
    const stamp = await hashOf(build.inputs);
    const current = await readFile(stampFile, 'utf8').catch(() => '');
    if (current === stamp && existsSync(inProject(build.output))) continue;
    await make(build);
    await mkdir(dirname(stampFile), { recursive: true });
    await writeFile(stampFile, stamp);
    built.push(build.title);
  }
  return built;
}

async function make({ title, args }: Build): Promise<void> {
  const building = launch({ name: title, args, env: { NODE_ENV: 'production' } });
  const { code } = await building.exited;
  if (code !== 0) throw new Error(`Building ${title} failed:\n${building.output()}`);
}

async function hashOf(inputs: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const file of await filesOf(input)) hash.update(`${file}\0`).update(await readFile(inProject(file)));
  }
  return hash.digest('hex');
}

async function filesOf(path: string): Promise<string[]> {
  const entries = await readdir(inProject(path), { withFileTypes: true, recursive: true }).catch(
    () => undefined,
  );
  if (!entries) return [path];
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`.replace(`${projectRoot}/`, ''))
    .sort();
}
