import type { FastifyError, FastifyReply } from 'fastify';
import fp from 'fastify-plugin';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { Problem, problems } from '../problem.js';

/** Every error leaves as problem+json; what is not a known refusal is logged and leaves without its words. */
export default fp(async (app) => {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = toProblem(error);
    if (problem.problem === 'internal') request.log.error({ err: error }, 'request failed');
    answerProblem(reply, problem);
  });
  app.setNotFoundHandler((_request, reply) => answerProblem(reply, new Problem('not-found')));
});

export function answerProblem(reply: FastifyReply, problem: Problem) {
  if (problem.more.retryAfterSeconds !== undefined) {
    reply.header('retry-after', String(problem.more.retryAfterSeconds));
  }
  if (problems[problem.problem].status === 401) reply.header('www-authenticate', 'Bearer');
  return reply
    .code(problems[problem.problem].status)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(problem.toJSON());
}

/** Where a pointer starts, by what Fastify calls the part of the request. */
const pointerStarts: Record<string, string> = { body: '', querystring: 'query', headers: 'headers' };

function toProblem(error: FastifyError): Problem {
  if (error instanceof Problem) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const where = pointerStarts[error.validationContext ?? 'body'] ?? '';
    const errors = error.validation.map(({ instancePath, message }) => ({
      // The whole is the empty pointer; the validator writes it as "/".
      pointer: `${where}${instancePath === '/' ? '' : instancePath}`,
      detail: message ?? 'is wrong',
    }));
    // An id that cannot be one names nothing.
    if (error.validationContext === 'params') return new Problem('not-found');
    return new Problem('invalid-request', errors.map((e) => `${e.pointer || '/'}: ${e.detail}`).join('; '), {
      errors,
    });
  }
  switch (error.statusCode) {
    case 400:
      return new Problem('invalid-request', error.message);
    case 404:
      return new Problem('not-found');
    case 406:
      return new Problem('not-acceptable', error.message);
    case 413:
      return new Problem('payload-too-large', error.message);
    case 415:
      return new Problem('unsupported-media-type');
    case 503:
      return new Problem('service-unavailable', undefined, { retryAfterSeconds: 5 });
    default:
      return new Problem('internal', undefined, { cause: error });
  }
}
