import fp from 'fastify-plugin';
import postgres from 'postgres';
import { z } from 'zod';
import type { ApiSettings } from '../config.js';

/** By the channel on which it is told. */
const changes = {
  search_run_changed: z.object({ run: z.uuid(), user: z.uuid(), revision: z.number() }),
  /** A company that the person follows, as `<board>/<token>`. */
  company_changed: z.object({ company: z.string(), user: z.uuid() }),
};
export type Change = z.infer<(typeof changes)[keyof typeof changes]>;

/** `undefined`: changes may have been missed, read everything again. */
type Listener = (change: Change | undefined) => void;

/** What changes in the database, told to those who watch: one LISTEN connection for the whole process. */
export interface RunChanges {
  /** Calls the listener at each change of the person's runs and companies. Returns how to stop. */
  watch(userId: string, listener: Listener): () => void;
  /** How many watch on behalf of this person. */
  watchers(userId: string): number;
  /** @throws when the database cannot be reached. */
  check(): Promise<void>;
}

declare module 'fastify' {
  interface FastifyInstance {
    runChanges: RunChanges;
  }
}

export default fp<{ settings: ApiSettings }>(async (app, { settings }) => {
  const listeners = new Map<string, Set<Listener>>();
  const sql = postgres(settings.DATABASE_URL, { max: 1, idle_timeout: 30, connect_timeout: 5 });

  for (const [channel, schema] of Object.entries(changes)) {
    const listening = sql.listen(
      channel,
      (payload) => {
        const change: Change = schema.parse(JSON.parse(payload));
        for (const listener of listeners.get(change.user) ?? []) listener(change);
      },
      () => {
        // Called at each connection: what happened while there was none was not told.
        for (const watching of listeners.values()) for (const listener of watching) listener(undefined);
      },
    );
    // The client itself goes on trying.
    listening.catch((error) => app.log.warn({ err: error }, 'cannot listen to the database yet'));
  }
  app.addHook('onClose', () => sql.end({ timeout: 1 }));

  app.decorate('runChanges', {
    watch(userId, listener) {
      const watching = listeners.get(userId) ?? new Set();
      listeners.set(userId, watching.add(listener));
      return () => {
        watching.delete(listener);
        if (watching.size === 0) listeners.delete(userId);
      };
    },
    watchers: (userId) => listeners.get(userId)?.size ?? 0,
    async check() {
      await sql`select 1`;
    },
  });
});
