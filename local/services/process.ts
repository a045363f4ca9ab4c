import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { inProject, projectRoot } from './project-root.js';

/** A program of the stack and what it is started with. */
export interface Program {
  name: string;
  /** Node arguments: a module with its arguments. With `executable`, that program's own arguments. */
  args: string[];
  /** Another program than Node. */
  executable?: string;
  /** Everything the program is told, beside `baseEnvironment`. */
  env?: Record<string, string>;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface LaunchOptions {
  onLine?: (line: string) => void;
  /** Called with each message that the program sends over its channel. */
  onMessage?: (message: unknown) => void;
}

const keptOutputLines = 400;
const outputLateMs = 1_000;

/** What every program may know of the machine. Settings and secrets reach a program only through `Program.env`. */
export function baseEnvironment(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const names =
    /^(PATH|HOME|USER|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|SYSTEMROOT|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|(HTTPS?|NO|ALL)_PROXY)$/i;
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => names.test(entry[0]) && entry[1] !== undefined,
    ),
  );
}

/** A started program: a process group of its own, so that nothing it starts outlives it. */
export class RunningProcess {
  readonly exited: Promise<Exit>;
  /** The program's pids: its own, and its guard's when it has one. */
  readonly pids: number[] = [];
  private readonly lines: string[] = [];
  private exit: Exit | undefined;

  constructor(
    readonly name: string,
    private readonly child: ChildProcess,
    options: LaunchOptions,
  ) {
    if (child.pid !== undefined) this.pids.push(child.pid);
    this.exited = new Promise((resolve) => {
      const end = (exit: Exit) => {
        this.exit ??= exit;
        resolve(this.exit);
      };
      child.once('exit', (code, signal) => {
        this.exit = { code, signal };
        // Its last lines are read when its streams close. What it started may hold them open: then not for long.
        const late = setTimeout(() => end({ code, signal }), outputLateMs);
        child.once('close', () => {
          clearTimeout(late);
          end({ code, signal });
        });
      });
      child.once('error', (error) => {
        this.lines.push(error.message);
        end({ code: 127, signal: null });
      });
    });
    const kept = keptLog(name, child.pid);
    child.once('close', () => kept?.close());
    for (const stream of [child.stdout, child.stderr] as Readable[]) {
      createInterface({ input: stream }).on('line', (line) => {
        kept?.write(line);
        this.lines.push(line);
        if (this.lines.length > keptOutputLines) this.lines.shift();
        options.onLine?.(line);
      });
    }
    child.on('message', (message) => {
      const { pid } = message as { pid?: unknown };
      if (typeof pid === 'number') this.pids.push(pid);
      options.onMessage?.(message);
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get running(): boolean {
    return this.exit === undefined;
  }

  /** The last lines it wrote, on either stream. */
  output(): string {
    return this.lines.join('\n');
  }

  kill(signal: NodeJS.Signals): void {
    if (this.running) this.child.kill(signal);
  }

  /** Asks it to stop, ends its whole group after `graceMs`, and returns when it is gone. */
  async stop(graceMs = 10_000): Promise<Exit> {
    this.kill('SIGTERM');
    const bound = new AbortController();
    const late = delay(graceMs, 'late' as const, { signal: bound.signal }).catch(() => 'stopped' as const);
    await Promise.race([this.exited, late]);
    bound.abort();
    this.killGroup();
    return this.exited;
  }

  /** Ends it and everything it started, at once. */
  killGroup(): void {
    if (!this.child.pid) return;
    try {
      process.kill(-this.child.pid, 'SIGKILL');
    } catch {
      // The group is gone already.
    }
  }
}

/** A test run keeps what every program wrote, to look through it when it is over (local/checks/kept-logs.ts). */
function keptLog(name: string, pid = 0): { write(line: string): void; close(): void } | undefined {
  const folder = process.env.STF_KEPT_LOGS;
  if (!folder) return undefined;
  mkdirSync(folder, { recursive: true });
  let file: number | undefined = openSync(join(folder, `${name.replaceAll(/\W+/g, '-')}-${pid}.log`), 'a');
  return {
    write(line) {
      if (file !== undefined) writeSync(file, `${line}\n`);
    },
    close() {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

/** Starts a program in the project's folder. It stops when this process is gone, whichever way it went. */
export function launch(program: Program, options: LaunchOptions = {}): RunningProcess {
  const args = program.executable
    ? [inProject('local/services/guard.mjs'), program.executable, ...program.args]
    : ['--import', pathToFileURL(inProject('local/services/end-with-parent.mjs')).href, ...program.args];
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    env: { ...baseEnvironment(), ...program.env } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  return new RunningProcess(program.name, child, options);
}

/**
 * Waits until the program is ready, asking again and again.
 * @throws Error with the program's last lines when it ends first, or is not ready within `timeoutMs`.
 */
export async function whenReady(
  started: RunningProcess,
  isReady: () => Promise<boolean>,
  timeoutMs = 120_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    if (await isReady().catch(() => false)) return;
    if (!started.running) {
      const { code, signal } = await started.exited;
      throw new Error(
        `${started.name} ended (${signal ?? `exit code ${code}`}) before it was ready:\n${started.output()}`,
      );
    }
    if (Date.now() > deadline) {
      throw new Error(`${started.name} is not ready after ${timeoutMs / 1000} s:\n${started.output()}`);
    }
    await delay(50);
  }
}

/** True when the address answers 2xx. */
export async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  await response.body?.cancel();
  return response.ok;
}
