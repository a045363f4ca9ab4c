import { z } from 'zod';
import { httpUrl, logLevel, settingsOrExit, wholeNumber } from '../../domain/settings.js';
import { metricsPort, tracingSettings } from '../../observability/settings.js';

const sessionSecret = z.string().min(32, { error: 'must have at least 32 characters' });

/** The site's settings. `PORT` and `HOST` are read by the server that serves the build. */
export const config = settingsOrExit(
  tracingSettings.extend({
    LOG_LEVEL: logLevel.default('info'),
    /** Where Prometheus reads the site's metrics; without a port nowhere. */
    SITE_METRICS_HOST: z.string().default('127.0.0.1'),
    SITE_METRICS_PORT: metricsPort,
    /** Where the API answers, as seen from the site's server. */
    API_URL: httpUrl.transform((url) => url.replace(/\/+$/, '')),
    /** Signs the session cookie; whoever knows it can sign in as anybody. */
    SESSION_SECRET: sessionSecret,
    /** The secret before: cookies that it signed are good until they end. */
    SESSION_SECRET_BEFORE: sessionSecret.optional(),
    /** How long the API may take for one answer, in milliseconds. Live events are not bound by it. */
    API_TIMEOUT_MS: wholeNumber(100, 120_000).default(15_000),
  }),
);
