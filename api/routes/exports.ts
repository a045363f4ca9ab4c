import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { sendConditionally } from '../conditional.js';
import type { ApiSettings } from '../config.js';
import { type Columns, historyColumns, resultColumns, toCsv } from '../export-rows.js';
import { readHistory } from '../read-history.js';
import { readResults } from '../read-results.js';
import { listResultsQuerySchema } from '../result-schemas.js';
import { listRunsQuerySchema } from '../run-history-schemas.js';
import { problemSchema } from '../schemas.js';

const format = z.enum(['csv', 'json']);
const fileTypes = { csv: 'text/csv; charset=utf-8', json: 'application/json; charset=utf-8' };
/** Rows asked of the database at a time. */
const pageRows = 500;

/** Everything that a list holds, as a file: with the list's filters, in its order. */
export const exportRoutes: FastifyPluginAsyncZod<{ settings: ApiSettings }> = async (app, { settings }) => {
  app.addHook('preParsing', app.authenticate);
  const shared = { tags: ['exports'], security: [{ bearer: [] }] };
  const description =
    `At most ${settings.EXPORT_ROWS} rows. In CSV, what begins like a formula has a quote before it. ` +
    'Answers 304 to `If-None-Match` while nothing changed.';
  const config = { rateLimit: { max: settings.EXPORTS_PER_MINUTE, timeWindow: '1 minute' } };

  app.get(
    '/runs/:id/results/export',
    {
      config,
      schema: {
        ...shared,
        summary: 'What the run found, as a file',
        description,
        params: z.object({ id: z.uuid() }),
        querystring: listResultsQuerySchema.omit({ cursor: true, limit: true }).extend({ format }),
        response: { 200: z.string(), 304: z.null(), '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { format, ...filters } = request.query;
      const supabase = app.supabase(request.person);
      const results = await everyPage((page) => readResults(supabase, id, { ...filters, ...page }));
      return sendFile(request, reply, `search-${id}`, format, results, resultColumns);
    },
  );

  app.get(
    '/runs/export',
    {
      config,
      schema: {
        ...shared,
        summary: 'The history, as a file',
        description,
        querystring: listRunsQuerySchema.omit({ cursor: true, limit: true }).extend({ format }),
        response: { 200: z.string(), 304: z.null(), '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      const { format, ...filters } = request.query;
      const supabase = app.supabase(request.person);
      const runs = await everyPage((page) => readHistory(supabase, { ...filters, ...page }));
      // When it was read is not of the run, and would make every file another one.
      const asStored = runs.map(({ serverTime: _, ...run }) => run);
      return sendFile(request, reply, 'search-history', format, asStored, historyColumns);
    },
  );

  /** The rows of a list from its first page to its last, or to the limit. */
  async function everyPage<Row>(
    read: (page: { limit: number; cursor?: string }) => Promise<{ items: Row[]; nextCursor: string | null }>,
  ): Promise<Row[]> {
    const rows: Row[] = [];
    let cursor: string | null | undefined;
    do {
      const limit = Math.min(pageRows, settings.EXPORT_ROWS - rows.length);
      const page = await read({ limit, ...(cursor && { cursor }) });
      rows.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null && rows.length < settings.EXPORT_ROWS);
    return rows;
  }
};

function sendFile<Row>(
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  format: 'csv' | 'json',
  rows: Row[],
  columns: Columns<Row>,
) {
  const text = format === 'csv' ? toCsv(rows, columns) : JSON.stringify({ items: rows });
  reply.headers({
    'content-disposition': `attachment; filename="${name}.${format}"`,
    'cache-control': 'private, no-cache',
  });
  return sendConditionally(request, reply, { text, contentType: fileTypes[format] });
}
