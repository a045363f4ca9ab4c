// Runs a program that is not Node's: `node guard.mjs program …arguments`. Passes stop signals on, tells the program's
// pid to whoever started it, and ends the program when they are gone.
import { spawn } from 'node:child_process';

const killAfterMs = 10_000;
const [program, ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });

const stop = () => {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), killAfterMs).unref();
};
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, stop);
process.on('disconnect', stop);
// They may have gone before this file was read.
if (process.connected === false) stop();

child.on('spawn', () => process.send?.({ pid: child.pid }));
child.on('error', (error) => {
  process.stderr.write(`${program}: ${error.message}\n`);
  process.exit(127);
});
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
