// Preloaded into every Node program of the local stack (`node --import`): when whoever started it is gone, even by
// SIGKILL, the channel between them closes and the program stops as on an ordinary stop signal.
const stop = () => process.kill(process.pid, 'SIGTERM');
process.on('disconnect', stop);
// It may have closed before this file was read.
if (process.connected === false) stop();
// Listening must not keep a program alive that has nothing left to do.
process.channel?.unref();
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', () => {
    // Nobody reads any more; the channel's end already stops the program.
  });
}
