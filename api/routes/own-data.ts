import { Readable } from 'node:stream';
import type { SupabaseClient } from '@supabase/supabase-js';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiSettings } from '../config.js';
import { dataOf } from '../plugins/supabase.js';
import { Problem } from '../problem.js';
import { passwordSchema, problemSchema } from '../schemas.js';

/** A page of one table's rows; `after` is the key to go on from. */
const pageSchema = z.object({ rows: z.array(z.unknown()), after: z.array(z.unknown()).nullable() });

/** What is a person's own: all of it as a file, and its end. */
export const ownDataRoutes: FastifyPluginAsyncZod<{ settings: ApiSettings }> = async (app, { settings }) => {
  app.addHook('preParsing', app.authenticate);
  const shared = { tags: ['account'], security: [{ bearer: [] }] };

  app.get(
    '/me/export',
    {
      config: { rateLimit: { max: settings.EXPORTS_PER_MINUTE, timeWindow: '1 minute' } },
      schema: {
        ...shared,
        summary: 'Everything that the service holds of the person, as a file',
        description:
          'The account, and the rows of every table that holds something of the person. Secrets that would sign ' +
          'somebody in are left out.',
        response: { 200: z.string(), '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      const supabase = app.supabase(request.person);
      const account = dataOf(await supabase.rpc('own_account'));
      const tables = z
        .array(z.object({ name: z.string() }))
        .parse(dataOf(await supabase.rpc('own_data_tables').select('name')));
      reply.headers({
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': 'attachment; filename="searching-the-fox.json"',
        'cache-control': 'private, no-store',
      });
      const names = tables.map(({ name }) => name);
      // A stream is sent as it comes; the schema says what it is.
      return reply.send(Readable.from(documentOf(supabase, account, names)) as never);
    },
  );

  app.delete(
    '/me',
    {
      schema: {
        ...shared,
        summary: 'Delete the account and all that is the person’s',
        description:
          'Asks for the password once more. Searches under way are cancelled, nothing runs by itself and no mail is ' +
          'sent any more, feeds end, every sign-in ends. It cannot be undone.',
        body: z.object({ password: passwordSchema }),
        response: { 204: z.null(), '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      const { person } = request;
      const { password } = request.body;
      const { error } = await app.guardSignIn(request, () =>
        app.supabase().auth.signInWithPassword({ email: person.email, password }),
      );
      if (error?.status !== undefined && error.status < 500) {
        if (error.status === 429) throw new Problem('rate-limited', undefined, { retryAfterSeconds: 60 });
        throw new Problem('wrong-credentials', 'This is not the password of the account.');
      }
      if (error) throw new Problem('service-unavailable', undefined, { retryAfterSeconds: 5, cause: error });

      const underWay = z.array(z.uuid()).parse(dataOf(await app.supabase(person).rpc('delete_account')));
      // What cannot be reached now is ended by the reconciler: its row is gone.
      await Promise.all(underWay.map((run) => app.runWorkflows.cancel(run)));
      await app.runChanges.endPerson(person.id);
      request.log.info({ runsUnderWay: underWay.length }, 'an account was deleted');
      return reply.code(204).send(null);
    },
  );
};

/** The file, piece by piece: no more than a page of rows is held at a time. */
async function* documentOf(supabase: SupabaseClient, account: unknown, tables: string[]) {
  yield `{"exportedAt":${JSON.stringify(new Date())},"account":${JSON.stringify(account)},"tables":{`;
  for (const [index, table] of tables.entries()) {
    yield `${index === 0 ? '' : ','}\n${JSON.stringify(table)}:[`;
    let after: unknown[] | null = null;
    let isFirst = true;
    do {
      const page: z.infer<typeof pageSchema> = pageSchema.parse(
        dataOf(await supabase.rpc('own_rows', { p_table: table, p_after: after })),
      );
      for (const row of page.rows) {
        yield `${isFirst ? '' : ','}\n${JSON.stringify(row)}`;
        isFirst = false;
      }
      after = page.after;
    } while (after !== null);
    yield ']';
  }
  yield '}}\n';
}
