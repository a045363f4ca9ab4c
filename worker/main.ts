import { NativeConnection } from '@temporalio/worker';
import { createLog, logTheEnd } from '../observability/log.js';
import { startTracing } from '../observability/tracing.js';
import { followApiKey, nativeConnectionOptions } from '../temporal/connection.js';
import { createActivities } from './activities.js';
import { applySchedules } from './apply-schedules.js';
import { tellAvailability } from './availability.js';
import { readWorkerSettings } from './config.js';
import { applyCurrencyRates } from './currency-rates.js';
import { connectDependencies } from './dependencies.js';
import { becomeCurrent } from './deployment.js';
import { serveHealth } from './health.js';
import { applyLimits } from './limits.js';
import { createWorkerMetrics } from './metrics.js';
import { installRuntime } from './runtime.js';
import { createWorkers } from './workers.js';

const settings = readWorkerSettings();
const log = createLog('worker', settings.LOG_LEVEL);
logTheEnd(log);
const tracing = await startTracing('worker', settings, log);
const { metricMeter } = installRuntime(log, settings);

const dependencies = await connectDependencies(settings, tracing !== undefined);
if (!dependencies.mailer) log.warn('no mail is sent: SMTP_URL is not set');
const connection = await NativeConnection.connect(nativeConnectionOptions(settings));
const stopFollowing = followApiKey(connection, settings, log);

await applyLimits(dependencies.supabase, settings);
await applyCurrencyRates(dependencies.supabase);
await tellAvailability(dependencies.supabase, dependencies.boardSettings);
const activities = createActivities(settings, dependencies, createWorkerMetrics(metricMeter));
const workers = await createWorkers(connection, settings, dependencies, activities, tracing);
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
  stopFollowing();
  await connection.close();
  await dependencies.close();
  await tracing?.stop();
}
