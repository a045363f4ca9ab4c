import { buildWhenChanged } from '../build.js';
import { withFreePort } from '../services/ports.js';
import { answers, type Exit, launch, whenReady } from '../services/process.js';
import { type ProgramName, programKinds, programOf, readyUrl } from '../services/programs.js';
import { notePlanted } from './planted.js';

/** One of the project's programs, started for a test. */
export interface TestProgram {
  /** Where it answers; the worker's is its health address. */
  url: string;
  pid: number;
  kill(signal: NodeJS.Signals): void;
  /** SIGTERM, then SIGKILL after a bound; returns when it is gone. */
  stop(): Promise<Exit>;
  /** Its last lines on both streams. */
  output(): string;
  waitForExit(): Promise<Exit>;
}

/** Starts a program on a free port, or on the one that `settings` names, and waits until it is ready. */
export async function startTestProgram(
  name: ProgramName,
  settings: Record<string, string>,
): Promise<TestProgram> {
  // Never a build of older code than the test's.
  if (name === 'web') await buildWhenChanged(['web']);
  if (name === 'worker') await buildWhenChanged(['workflows', 'worker']);
  if (name === 'api') await buildWhenChanged(['api']);
  const { portSetting } = programKinds[name];
  const given = settings[portSetting];
  return given
    ? startOn(name, settings, Number(given))
    : withFreePort((port) => startOn(name, settings, port));
}

async function startOn(
  name: ProgramName,
  settings: Record<string, string>,
  port: number,
): Promise<TestProgram> {
  const program = programOf(name, {
    HOST: '127.0.0.1',
    ...settings,
    [programKinds[name].portSetting]: String(port),
  });
  notePlanted(program.env ?? {});
  const started = launch(program);
  try {
    await whenReady(started, () => answers(readyUrl(name, port)));
  } catch (error) {
    await started.stop();
    throw error;
  }
  return {
    url: `http://127.0.0.1:${port}`,
    pid: started.pid,
    kill: (signal) => started.kill(signal),
    stop: () => started.stop(30_000),
    output: () => started.output(),
    waitForExit: () => started.exited,
  };
}
