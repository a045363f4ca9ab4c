import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { baseEnvironment } from '../services/process.js';
import { inProject } from '../services/project-root.js';
import { ignoredBy, type Stage, stagesOf } from './dockerfile.js';

/** What the Dockerfile makes, as a folder of this machine. */
export interface Image {
  /** Its WORKDIR. */
  folder: string;
  /** What its ENV lines set. */
  env: Record<string, string>;
  remove(): Promise<void>;
}

/**
 * Does what the Dockerfile says, without Docker: each stage in a folder of its own, with the machine's Node in place of the
 * base image's. Only files that git knows or would know are there to be copied, less what `.dockerignore` keeps out.
 * @throws Error with the output of a step that failed.
 */
export async function makeImage(say: (line: string) => void): Promise<Image> {
  const root = await mkdtemp(join(tmpdir(), 'stf-image-'));
  const remove = () => rm(root, { recursive: true, force: true });
  try {
    const context = await contextFiles();
    const stages = stagesOf(await readFile(inProject('Dockerfile'), 'utf8'));
    const env: Record<string, string> = {};
    let folder = root;
    for (const [index, stage] of stages.entries()) {
      const last = index === stages.length - 1;
      folder = join(root, stage.name || String(index));
      await mkdir(folder);
      await takeSteps(stage, { root, folder, context, env: last ? env : {}, say });
    }
    return { folder, env, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

interface Workplace {
  root: string;
  folder: string;
  context: string[];
  env: Record<string, string>;
  say: (line: string) => void;
}

async function takeSteps(stage: Stage, { root, folder, context, env, say }: Workplace): Promise<void> {
  for (const { instruction, args } of stage.steps) {
    say(`${stage.name || 'image'}: ${instruction} ${args}`);
    if (instruction === 'RUN') await shell(args, folder);
    if (instruction === 'ENV') {
      const [name = '', value = ''] = args.split('=');
      env[name] = value;
    }
    if (instruction !== 'COPY') continue;
    const words = args.split(' ');
    const from = words[0]?.startsWith('--from=') ? words.shift()?.slice('--from='.length) : undefined;
    const target = join(folder, words.pop() ?? '.');
    for (const source of words) {
      if (from)
        // Moved: no later step reads that stage, and a copy of all packages takes minutes.
        await rename(join(root, from, source.replace(/^\/app\//, '')), target);
      else await copyContext(source, target, context);
    }
  }
}

async function copyContext(source: string, target: string, context: string[]): Promise<void> {
  const files = source === '.' ? context : context.filter((file) => file === source);
  if (files.length === 0) throw new Error(`COPY ${source}: .dockerignore keeps it out, or it is not there`);
  for (const file of files) {
    await mkdir(dirname(join(target, file)), { recursive: true });
    await cp(inProject(file), join(target, file));
  }
}

async function contextFiles(): Promise<string[]> {
  const ignored = ignoredBy(await readFile(inProject('.dockerignore'), 'utf8'));
  const listed = await output(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard'],
    inProject('.'),
  );
  const files = listed.split('\n').filter((file) => file !== '' && !ignored(file));
  const there = await Promise.all(
    files.map((file) =>
      stat(inProject(file)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return files.filter((_, index) => there[index]);
}

const shell = (command: string, cwd: string) => output('sh', ['-ec', command], cwd);

function output(program: string, args: string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: baseEnvironment() as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    const heard: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => heard.push(String(chunk)));
    child.stderr.on('data', (chunk: Buffer) => said.push(String(chunk)));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0
        ? resolve(heard.join(''))
        : reject(
            new Error(`${program} ${args.join(' ')} ended with ${code}:\n${heard.join('')}${said.join('')}`),
          ),
    );
  });
}

/** Bytes of all files under a folder. */
export async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(join(file.parentPath, file.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
