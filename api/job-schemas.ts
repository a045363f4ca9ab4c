import { z } from 'zod';
import { hiddenTermKinds, jobMarkBounds, jobMarkKindSchema } from '../domain/job-mark.js';
import { words } from '../domain/search.js';
import { hiddenTermSchema, jobMarkSchema, postingSchema } from './result-schemas.js';
import { count, cursor, pageOf } from './schemas.js';

const note = z.string().max(jobMarkBounds.noteCharacters);
const dayMs = 86_400_000;

export const applyForJobSchema = z
  .object({
    /** When the person applied; else the day that is known, or today in UTC. At most tomorrow: somewhere it is that already. */
    on: z.iso
      .date()
      .refine((day) => !(day < jobMarkBounds.appliedSince || Date.parse(day) > Date.now() + dayMs), {
        error: `is not between ${jobMarkBounds.appliedSince} and today`,
      })
      .optional(),
    /** Replaces the note on the job when given; an empty one removes it. */
    note: note.optional(),
  })
  .meta({ id: 'ApplyForJob' });

export const writeJobNoteSchema = z.object({ note }).meta({ id: 'WriteJobNote' });

export const listJobsQuerySchema = z.object({
  mark: jobMarkKindSchema.default('saved'),
  cursor: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export const jobSchema = postingSchema.extend({ mark: jobMarkSchema }).meta({ id: 'Job' });
export type Job = z.infer<typeof jobSchema>;
export const jobListSchema = pageOf(jobSchema)
  .extend({
    /** How many jobs the person has marked so, over all pages. */
    counts: z.object({ saved: count, applied: count, hidden: count }),
  })
  .meta({ id: 'JobList' });

export const hideTermSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal(hiddenTermKinds[0]), text: words(jobMarkBounds.hiddenCompanyCharacters) }),
    z.object({ kind: z.literal(hiddenTermKinds[1]), text: words(jobMarkBounds.hiddenWordCharacters) }),
  ])
  .meta({ id: 'HideTerm' });
export const hiddenTermListSchema = pageOf(hiddenTermSchema).meta({ id: 'HiddenTermList' });
