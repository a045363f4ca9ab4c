import fp from 'fastify-plugin';
import type { Person } from './authentication.js';

/** The database notes it no more often either. */
const hourMs = 3_600_000;

/**
 * Notes that a person is here, when they ask for something: at most once an hour a person and process. Scheduled searches
 * rest for people who were not here for long. No request waits for it.
 */
export default fp(async (app) => {
  let noted = new Set<string>();
  let notedSince = Date.now();

  async function note(person: Person): Promise<void> {
    if (Date.now() - notedSince >= hourMs) {
      noted = new Set();
      notedSince = Date.now();
    }
    if (noted.has(person.id)) return;
    noted.add(person.id);
    const { error } = await app.supabase(person).rpc('touch_profile');
    if (!error) return;
    noted.delete(person.id);
    app.log.warn({ err: error }, 'not noted that a person is here: with their next request');
  }

  app.addHook('preHandler', async (request) => {
    // Its getter throws where nobody has to sign in.
    if (Object.hasOwn(request, 'person')) void note(request.person);
  });
});
