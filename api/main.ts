import type { FastifyRequest } from 'fastify';
import { Agent, setGlobalDispatcher } from 'undici';
import { logOptions, logTheEnd } from '../observability/log.js';
import { startTracing } from '../observability/tracing.js';
import { buildApp } from './app.js';
import { readApiSettings } from './config.js';
import { routeOf } from './plugins/observability.js';

const settings = readApiSettings();
// Every call that the API makes over HTTP is to Supabase.
setGlobalDispatcher(new Agent({ connections: settings.SUPABASE_CONNECTIONS }));
const options = logOptions('api', settings.LOG_LEVEL);
const app = await buildApp(settings, {
  logger: {
    ...options,
    serializers: {
      ...options.serializers,
      // No address of a person's network, and no path that may carry a link's secret: the route says enough.
      req: (request: FastifyRequest) => ({ method: request.method, route: routeOf(request) }),
    },
  },
});
logTheEnd(app.log);
const tracing = await startTracing('api', settings, app.log);
app.addHook('onClose', () => tracing?.stop());

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    app.log.info({ signal }, 'stopping');
    void app.close();
  });
}

await app.listen({ host: settings.API_HOST, port: settings.API_PORT });
