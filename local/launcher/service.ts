import { createWriteStream, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { type Exit, launch, type Program, type RunningProcess, whenReady } from '../services/process.js';
import { errorIn } from './error-lines.js';
import { forgetProcesses, noteProcesses } from './process-files.js';
import { problem } from './terminal.js';

const firstPauseMs = 1_000;
/** A service that ran this long was all right: the next pause is short again. */
const settledMs = 60_000;

export interface ServiceOptions {
  /** The name of its log and process files. */
  name: string;
  program: Program;
  isReady: () => Promise<boolean>;
  onMessage?: (message: unknown) => void;
  folders: { logs: string; processes: string };
  longestPauseSeconds: number;
}

/** A program that is kept running until it is stopped: started again, with growing pauses, when it ends on its own. */
export class Service {
  private running: RunningProcess | undefined;
  private readonly log: WriteStream;
  private stopping = false;
  /** Its own words for why it cannot start, where it has such. */
  private failure: string | undefined;
  private pauseMs = firstPauseMs;
  private pause: NodeJS.Timeout | undefined;

  constructor(private readonly options: ServiceOptions) {
    this.log = openLog(options.folders.logs, options.name);
  }

  get title(): string {
    return this.options.program.name;
  }

  /** Starts it and waits until it is ready. @throws Error with its last lines when it does not get there. */
  async start(): Promise<void> {
    const running = this.launch();
    try {
      await whenReady(running, this.options.isReady);
    } catch (error) {
      await this.stop();
      throw this.failure ? new Error(`${this.title}: ${this.failure}`) : error;
    }
    void running.exited.then((exit) => this.startAgain(exit));
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.pause);
    await this.running?.stop(20_000);
    forgetProcesses(this.options.folders.processes, this.options.name);
    this.log.end();
  }

  /** Without asking. */
  kill(): void {
    this.stopping = true;
    clearTimeout(this.pause);
    this.running?.killGroup();
    forgetProcesses(this.options.folders.processes, this.options.name);
  }

  private launch(): RunningProcess {
    const { name, program, folders, onMessage } = this.options;
    const note = () => noteProcesses(folders.processes, name, running.pids);
    const running = launch(program, {
      onLine: (line) => {
        this.log.write(`${line}\n`);
        const error = errorIn(line);
        // What breaks off while it stops is no news.
        if (error && !this.stopping) problem(this.title, error);
      },
      onMessage: (message) => {
        note();
        this.failure = (message as { failed?: string }).failed;
        onMessage?.(message);
      },
    });
    this.running = running;
    note();
    return running;
  }

  private startAgain({ code, signal }: Exit): void {
    if (this.stopping) return;
    const pauseMs = this.pauseMs;
    this.pauseMs = Math.min(pauseMs * 2, this.options.longestPauseSeconds * 1_000);
    problem(
      this.title,
      `ended (${signal ?? `exit code ${code}`}); started again in ${pauseMs / 1000} s. Log: ${this.logFile}`,
    );
    this.running?.killGroup();
    this.pause = setTimeout(() => {
      const startedAt = Date.now();
      const running = this.launch();
      whenReady(running, this.options.isReady).then(
        () => problem(this.title, 'runs again'),
        // It ended once more, or is only slow: either is seen by its end.
        () => undefined,
      );
      void running.exited.then((exit) => {
        if (Date.now() - startedAt > settledMs) this.pauseMs = firstPauseMs;
        this.startAgain(exit);
      });
    }, pauseMs);
  }

  private get logFile(): string {
    return join(this.options.folders.logs, `${this.options.name}.log`);
  }
}

/** Each start writes a new log and keeps the one before. */
function openLog(folder: string, name: string): WriteStream {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.log`);
  if (statSync(file, { throwIfNoEntry: false })?.size) renameSync(file, join(folder, `${name}.before.log`));
  return createWriteStream(file);
}
