import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fp from 'fastify-plugin';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { signatureHeader } from '../trigger-signature.js';

/** The OpenAPI document at /openapi.json, made from the routes' own schemas, and a page to try it at /docs. */
export default fp(async (app) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Searching The Fox',
        version: '1.0.0',
        description:
          'Start job searches, follow them live, and read what they found. Errors are problem+json (RFC 9457) with a stable `type`.',
      },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          cronSecret: { type: 'http', scheme: 'bearer', description: 'The deployment’s `CRON_SECRET`.' },
          triggerSignature: {
            type: 'apiKey',
            in: 'header',
            name: signatureHeader,
            description:
              '`t=<seconds since 1970>,v1=<hex>`: HMAC-SHA256 of `<t>.<body>` with `TICK_TRIGGER_SECRET`.',
          },
        },
      },
      tags: [
        { name: 'runs', description: 'Searches: one run is one search over many boards' },
        { name: 'saved searches', description: 'What a person looks for' },
        { name: 'boards', description: 'Where postings come from' },
        { name: 'schedules', description: 'When searches run by themselves' },
        { name: 'account', description: 'Signing up, in and out' },
        { name: 'admin', description: 'What operators see of the whole service' },
        { name: 'service', description: 'Health' },
      ],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  await app.register(swaggerUi, { routePrefix: '/docs' });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
});
