import { buildApp } from './app.js';
import { readApiSettings } from './config.js';

const settings = readApiSettings();
const app = await buildApp(settings, { logger: { level: settings.LOG_LEVEL, base: { process: 'api' } } });

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    app.log.info({ signal }, 'stopping');
    void app.close();
  });
}

await app.listen({ host: settings.API_HOST, port: settings.API_PORT });
