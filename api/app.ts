import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import sse from '@fastify/sse';
import underPressure from '@fastify/under-pressure';
import Fastify, { type FastifyServerOptions } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { ApiSettings } from './config.js';
import authentication from './plugins/authentication.js';
import observability from './plugins/observability.js';
import openapi from './plugins/openapi.js';
import presence from './plugins/presence.js';
import problemAnswers, { answerProblem } from './plugins/problems.js';
import runChanges from './plugins/run-changes.js';
import signInGuard from './plugins/sign-in-guard.js';
import supabase from './plugins/supabase.js';
import temporal from './plugins/temporal.js';
import { Problem } from './problem.js';
import { accountRoutes } from './routes/account.js';
import { adminRoutes } from './routes/admin.js';
import { boardRoutes } from './routes/boards.js';
import { companyRoutes } from './routes/companies.js';
import { exportRoutes } from './routes/exports.js';
import { feedRoutes } from './routes/feeds.js';
import { healthRoutes } from './routes/health.js';
import { hiddenTermRoutes } from './routes/hidden-terms.js';
import { jobRoutes } from './routes/jobs.js';
import { ownDataRoutes } from './routes/own-data.js';
import { runEventRoutes } from './routes/run-events.js';
import { runHistoryRoutes } from './routes/run-history.js';
import { runRoutes } from './routes/runs.js';
import { savedSearchRoutes } from './routes/saved-searches.js';
import { serviceScheduleRoutes } from './routes/service-schedules.js';
import { settingsRoutes } from './routes/settings.js';
import { tickTriggerRoutes } from './routes/tick-trigger.js';
import { unsubscribeRoutes } from './routes/unsubscribe.js';

/** The run that a path is about. */
function runOf(path = ''): { runId?: string } {
  const runId = /^\/runs\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:[/?]|$)/i.exec(path)?.[1];
  return runId === undefined ? {} : { runId };
}

/** The API, ready to listen. It connects to nothing before its first request needs it, but for LISTEN. */
export async function buildApp(settings: ApiSettings, options: FastifyServerOptions = {}) {
  const app = Fastify({
    ...options,
    bodyLimit: settings.BODY_LIMIT_BYTES,
    trustProxy: settings.TRUSTED_PROXIES.split(','),
    forceCloseConnections: true,
    // What is logged of a request about a run names the run.
    childLoggerFactory: (logger, bindings, options, request) =>
      logger.child({ ...bindings, ...runOf(request.url) }, options),
    // A path that cannot be read, or is too long, names nothing.
    frameworkErrors: (_error, _request, reply) => answerProblem(reply, new Problem('not-found')),
  }).withTypeProvider<ZodTypeProvider>();
  // JSON is the only thing that a route takes.
  app.removeContentTypeParser('text/plain');
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);

  await app.register(observability, { settings });
  await app.register(problemAnswers);
  await app.register(helmet, { contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } });
  await app.register(cors, { origin: false });
  await app.register(authentication, { settings });
  await app.register(rateLimit, {
    max: settings.REQUESTS_PER_MINUTE,
    timeWindow: '1 minute',
    // A person is one client on all devices; whoever is nobody counts by address, with forged tokens too.
    keyGenerator: (request) =>
      app.identify(request).then(
        (person) => person.id,
        () => request.ip,
      ),
    errorResponseBuilder: (_request, context) =>
      new Problem('rate-limited', `At most ${context.max} requests a minute.`, {
        retryAfterSeconds: Math.ceil(context.ttl / 1000),
      }),
  });
  await app.register(signInGuard, { settings });
  await app.register(underPressure, { maxEventLoopDelay: 2_000, retryAfter: 5 });
  await app.register(sse, { heartbeatInterval: 0 });
  await app.register(openapi);

  await app.register(supabase, { settings });
  await app.register(presence);
  await app.register(temporal, { settings });
  await app.register(runChanges, { settings });

  await app.register(healthRoutes);
  await app.register(boardRoutes, { settings });
  await app.register(accountRoutes, { settings });
  await app.register(runRoutes);
  await app.register(runHistoryRoutes);
  await app.register(runEventRoutes, { settings });
  await app.register(savedSearchRoutes);
  await app.register(settingsRoutes);
  await app.register(serviceScheduleRoutes);
  await app.register(feedRoutes, { settings });
  await app.register(exportRoutes, { settings });
  await app.register(ownDataRoutes, { settings });
  await app.register(companyRoutes);
  await app.register(jobRoutes);
  await app.register(hiddenTermRoutes);
  await app.register(unsubscribeRoutes, { settings });
  await app.register(tickTriggerRoutes, { settings });
  await app.register(adminRoutes, { settings });
  return app;
}
