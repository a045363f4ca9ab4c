import type { FastifyRequest } from 'fastify';
import { Agent, setGlobalDispatcher } from 'undici';
import { buildApp } from './app.js';
import { readApiSettings } from './config.js';

const settings = readApiSettings();
// Every call that the API makes over HTTP is to Supabase.
setGlobalDispatcher(new Agent({ connections: settings.SUPABASE_CONNECTIONS }));
const app = await buildApp(settings, {
  logger: {
    level: settings.LOG_LEVEL,
    base: { process: 'api' },
    // No address of a person's network, and no path that may carry a link's secret: the route says enough.
    serializers: { req: ({ method, routeOptions }: FastifyRequest) => ({ method, route: routeOptions.url }) },
  },
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    app.log.info({ signal }, 'stopping');
    void app.close();
  });
}

await app.listen({ host: settings.API_HOST, port: settings.API_PORT });
