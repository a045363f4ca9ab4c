import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { TickRequest } from '../../activities/note-tick-request.js';
import { minuteSchema, serviceSchedules, tickId, toMinute } from '../../domain/schedule.js';
import type { ApiSettings } from '../config.js';
import { Problem } from '../problem.js';
import { problemSchema } from '../schemas.js';
import { isSecret, signatureHeader, verifySignature } from '../trigger-signature.js';

const bodySchema = z.object({ tick: minuteSchema.optional() }).nullish();

interface Caller {
  kind: TickRequest['caller'];
  /** The same request again has the same; a bearer's requests have nothing that tells them apart. */
  id: string;
}

/** Asking for a tick from outside, for whoever keeps the time: signed, or with a secret. Off without one. */
export const tickTriggerRoutes: FastifyPluginAsyncZod<{ settings: ApiSettings }> = async (
  app,
  { settings },
) => {
  const given = (...secrets: (string | undefined)[]) => secrets.filter((secret) => secret !== undefined);
  const signing = given(settings.TICK_TRIGGER_SECRET, settings.TICK_TRIGGER_SECRET_BEFORE);
  const bearer = given(settings.CRON_SECRET, settings.CRON_SECRET_BEFORE);
  const addressKey = signing[0] ?? bearer[0];

  // What was signed are the bytes that were sent.
  const rawBodies = new WeakMap<FastifyRequest, Buffer>();
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    rawBodies.set(request, body as Buffer);
    app.getDefaultJsonParser('error', 'error')(request, body.toString(), done);
  });

  const callers = new WeakMap<FastifyRequest, Caller>();

  /** @throws Problem `unauthorized` */
  function callerOf(request: FastifyRequest): Caller {
    const header = request.headers[signatureHeader];
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (typeof header === 'string' && signing.length > 0) {
      const checked = verifySignature(header, rawBodies.get(request) ?? Buffer.alloc(0), {
        secrets: signing,
        toleranceSeconds: settings.TICK_TRIGGER_TOLERANCE_SECONDS,
        now: new Date(),
      });
      if ('refused' in checked) throw new Problem('unauthorized', checked.refused);
      return { kind: 'signature', id: createHash('sha256').update(checked.signature).digest('hex') };
    }
    if (token && isSecret(token, bearer)) return { kind: 'cron_secret', id: randomUUID() };
    throw new Problem('unauthorized', 'Sign the request, or send the secret as a bearer token.');
  }

  for (const { id: schedule } of serviceSchedules) {
    app.post(
      `/schedules/${schedule}/trigger`,
      {
        config: {
          rateLimit: {
            max: settings.TICK_TRIGGERS_PER_MINUTE,
            timeWindow: '1 minute',
            keyGenerator: (request: FastifyRequest) => request.ip,
          },
        },
        preParsing: async () => {
          // Nothing tells that there is something to guess.
          if (addressKey === undefined) throw new Problem('not-found');
        },
        preValidation: async (request) => {
          callers.set(request, callerOf(request));
        },
        schema: {
          tags: ['schedules'],
          summary: 'Run what is due now',
          description:
            'Answers at once with the tick that is begun: that of this minute, or the one named. The same tick again goes ' +
            'on where it was interrupted, and changes nothing when it was completed. A signed request is let in once ' +
            '(409 when it comes again); sign another one to repeat it. 404 where the deployment has no secret.',
          security: [{ cronSecret: [] }, { triggerSignature: [] }],
          body: bodySchema,
          response: { 202: z.object({ tick: z.string() }), '4xx': problemSchema, '5xx': problemSchema },
        },
      },
      async (request, reply) => {
        const { kind, id } = callers.get(request) as Caller;
        const now = new Date();
        const dueAt = request.body?.tick ?? toMinute(now);
        if (dueAt > now) throw new Problem('invalid-request', 'This tick is not due yet.');
        const accepted = await app.tickRequests.accept(id, {
          schedule,
          dueAt: dueAt.toISOString(),
          caller: kind,
          addressHash: createHmac('sha256', addressKey ?? '')
            .update(request.ip)
            .digest('hex'),
          askedAt: now.toISOString(),
        });
        if (!accepted) throw new Problem('conflict', 'This request was let in before: sign another one.');
        const tick = tickId(schedule, dueAt);
        request.log.info({ tick, caller: kind }, 'tick asked for');
        return reply.code(202).send({ tick });
      },
    );
  }
};
