import { pino } from 'pino';
import { readSettings } from './config.js';
import { createSampleBoards } from './server.js';

const settings = readSettings();
const log = pino({ name: 'sample-boards', level: settings.LOG_LEVEL });
const boards = createSampleBoards({
  seed: settings.BOARDS_SEED,
  delayMs: settings.BOARDS_DELAY_MS,
  ...(settings.BOARDS_REPLAY_DIR && { replayDir: settings.BOARDS_REPLAY_DIR }),
});

await boards.listen(settings.BOARDS_PORT, settings.BOARDS_HOST);
log.info({ url: boards.url, port: Number(new URL(boards.url).port) }, 'The sample boards are listening');

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    log.info({ signal }, 'The sample boards stop');
    void boards.close();
  });
}
