import fp from 'fastify-plugin';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { ApiSettings } from '../config.js';
import { databaseConnection } from '../database-connection.js';
import { listenToDatabase } from '../database-listener.js';
import type { Person } from './authentication.js';

const runChange = z.object({ run: z.uuid(), user: z.uuid(), revision: z.number() });
/** A company that the person follows, as `<board>/<token>`. */
const companyChange = z.object({ company: z.string(), user: z.uuid() });
/** Something that the person marked or hides. */
const marksChange = z.object({ marks: z.literal(true), user: z.uuid() });
export type Change = z.infer<typeof runChange | typeof companyChange | typeof marksChange>;

/** Told by the API process that was asked to sign the session out, heard by all of them. */
const signOutChannel = 'signed_out';
/** Without a session: all of the person's. */
const signOut = z.object({ session: z.string().optional(), user: z.uuid() });

/** A page that opens its stream longer than this after it was read reads it again by itself. */
const openedWithinMs = 60_000;
const mostPeopleRemembered = 100_000;

export interface Watcher {
  /** `undefined`: changes may have been missed, read everything again. */
  onChange(change: Change | undefined): void;
  /** Nothing is told any more: the session was signed out, or changes cannot be heard. */
  onEnd(): void;
}

/** What changes in the database, told to those who watch: one LISTEN connection for the whole process. */
export interface RunChanges {
  /** Tells the watcher each change of the person's runs and companies. Returns how to stop. */
  watch(person: Person, watcher: Watcher): () => void;
  /**
   * Whether the person's marks may have changed in the last minute: after a page was read, and before it could be told.
   */
  marksChangedLately(userId: string): boolean;
  /** How many watch on behalf of this person. */
  watchers(userId: string): number;
  /** How many watch in this process. */
  allWatchers(): number;
  /** False while changes cannot be heard: whoever watched would be shown what may be old. */
  hears(): boolean;
  /** Ends what watches in the session of this person's token, in every API process. */
  endSession(person: Person): Promise<void>;
  /** Ends whatever watches on behalf of a person, in every API process. */
  endPerson(userId: string): Promise<void>;
  /** @throws when the database cannot be reached. */
  check(): Promise<void>;
}

declare module 'fastify' {
  interface FastifyInstance {
    runChanges: RunChanges;
  }
}

export default fp<{ settings: ApiSettings }>(async (app, { settings }) => {
  /** By person, each with the session that it belongs to. */
  const watchers = new Map<string, Map<Watcher, string | undefined>>();
  const everyWatcher = () => [...watchers.values()].flatMap((watching) => [...watching.keys()]);

  /** Whose marks have changed; all people's may have, while there was no connection. */
  const lately = new LRUCache<string, true>({ max: mostPeopleRemembered, ttl: openedWithinMs });
  const anybody = 'anybody';
  let connected = false;

  const tell = (change: Change) => {
    if ('marks' in change) lately.set(change.user, true);
    for (const watcher of watchers.get(change.user)?.keys() ?? []) watcher.onChange(change);
  };
  const endHere = ({ user, session }: z.infer<typeof signOut>) => {
    for (const [watcher, its] of [...(watchers.get(user) ?? [])])
      if (session === undefined || its === session) watcher.onEnd();
  };
  const endEverywhere = async (whose: z.infer<typeof signOut>) => {
    endHere(whose);
    try {
      await listener.notify(signOutChannel, whose);
    } catch (error) {
      // Signing out goes on: streams of other processes end with their token.
      app.log.warn({ err: error }, 'other processes were not told of a sign-out');
    }
  };
  const listener = listenToDatabase(databaseConnection(settings.DATABASE_URL, settings.DATABASE_CA_FILE), {
    channels: {
      search_run_changed: (payload) => tell(runChange.parse(JSON.parse(payload))),
      company_changed: (payload) => tell(companyChange.parse(JSON.parse(payload))),
      marks_changed: (payload) => tell(marksChange.parse(JSON.parse(payload))),
      [signOutChannel]: (payload) => endHere(signOut.parse(JSON.parse(payload))),
    },
    onConnected: () => {
      if (connected) lately.set(anybody, true);
      connected = true;
      for (const watcher of everyWatcher()) watcher.onChange(undefined);
    },
    // Whoever comes back may reach a process that hears; until then their page knows that it is not live.
    onDeaf: () => {
      for (const watcher of everyWatcher()) watcher.onEnd();
    },
    deafAfterMs: settings.LISTEN_SILENCE_SECONDS * 1000,
    reconnect: {
      firstMs: settings.LISTEN_RECONNECT_FIRST_MS,
      longestMs: settings.LISTEN_RECONNECT_LONGEST_MS,
    },
    log: app.log,
  });
  app.addHook('onClose', () => listener.close());

  app.decorate('runChanges', {
    watch({ id, session }, watcher) {
      const watching = watchers.get(id) ?? new Map();
      watchers.set(id, watching.set(watcher, session));
      return () => {
        watching.delete(watcher);
        if (watching.size === 0 && watchers.get(id) === watching) watchers.delete(id);
      };
    },
    marksChangedLately: (userId) => lately.has(userId) || lately.has(anybody),
    watchers: (userId) => watchers.get(userId)?.size ?? 0,
    allWatchers: () => everyWatcher().length,
    hears: () => listener.hears(),
    async endSession({ id: user, session }) {
      if (session !== undefined) await endEverywhere({ user, session });
    },
    endPerson: (user) => endEverywhere({ user }),
    check: () => listener.check(),
  });
});
