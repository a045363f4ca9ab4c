import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import pino from 'pino';
import { createActivities } from './activities.js';
import { applySchedules } from './apply-schedules.js';
import { tellAvailability } from './availability.js';
import { readWorkerSettings } from './config.js';
import { applyCurrencyRates } from './currency-rates.js';
import { connectDependencies } from './dependencies.js';
import { becomeCurrent } from './deployment.js';
import { serveHealth } from './health.js';
import { applyLimits } from './limits.js';
import { createWorkers } from './workers.js';

const settings = readWorkerSettings();
const log = pino({ level: settings.LOG_LEVEL, base: { process: 'worker' } });

// The SDK's own messages join the process's log; SIGINT and SIGTERM drain every worker within the grace time.
Runtime.install({
  shutdownSignals: ['SIGINT', 'SIGTERM'],
  logger: new DefaultLogger('INFO', ({ level, message, meta }) => {
    const write = { TRACE: log.trace, DEBUG: log.debug, INFO: log.info, WARN: log.warn, ERROR: log.error }[
      level
    ];
    write.call(log, { ...meta }, message);
  }),
});

const dependencies = await connectDependencies(settings);
if (!dependencies.mailer) log.warn('no mail is sent: SMTP_URL is not set');
const connection = await NativeConnection.connect({ address: settings.TEMPORAL_ADDRESS });

await applyLimits(dependencies.supabase, settings);
await applyCurrencyRates(dependencies.supabase);
await tellAvailability(dependencies.supabase, dependencies.boardSettings);
const activities = createActivities(settings, dependencies);
const workers = await createWorkers(connection, settings, dependencies, activities);
for (const change of await applySchedules(dependencies.temporal, settings))
  log.info(change, 'schedule brought up to date');

const running = Promise.all(workers.map((worker) => worker.run()));
await becomeCurrent(dependencies.temporal, settings);
const health = await serveHealth(workers, settings.WORKER_HEALTH_HOST, settings.WORKER_HEALTH_PORT);
log.info({ address: health.address(), boards: settings.BOARDS_MODE }, 'worker ready');

try {
  await running;
  log.info('worker stopped');
} catch (error) {
  log.fatal({ err: error }, 'worker failed');
  process.exitCode = 1;
} finally {
  health.close();
  await connection.close();
  await dependencies.close();
}
