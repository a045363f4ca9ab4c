/** What commands print on their standard output. */

/** Nobody reads any more: a pipe that was closed, a terminal that went away. */
const nobodyReads = ['EPIPE', 'EIO'];

// `npm run schedules -- list | head -1` has seen enough after a line; what a command does goes on to its end all the same.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!nobodyReads.includes(error.code ?? '')) throw error;
  });
}

export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}
