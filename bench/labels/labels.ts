import { z } from 'zod';
import { type SearchParameters, searchParametersSchema } from '../../domain/search.js';
import { listingsBoard } from '../listings.js';
import file from './queries.json';

const ids = z.array(z.uuid());
const labelsSchema = z.object({
  /** What holds for every query. */
  rules: z.object({ scale: z.string(), place: z.string() }),
  queries: z.array(
    z.object({
      title: z.string(),
      place: z.string().optional(),
      remoteOnly: z.boolean().optional(),
      /** What makes a listing the job asked for, and what makes it one to be glad of. */
      rule: z.string(),
      /** Listings by grade; all others are 0. */
      grades: z.object({ 2: ids, 1: ids }),
    }),
  ),
});
export type LabelledQuery = z.infer<typeof labelsSchema>['queries'][number];

/** Searches of people, each with the listings that it should find: given by reading all titles. */
export const labelledQueries: readonly LabelledQuery[] = labelsSchema.parse(file).queries;

/** The query as a run has it. */
export function parametersOf(query: LabelledQuery, boards = [listingsBoard.name]): SearchParameters {
  const { title, place, remoteOnly } = query;
  return searchParametersSchema.parse({ title, place, remoteOnly, boards });
}

export const nameOf = ({ title, place, remoteOnly }: LabelledQuery) =>
  [title, place && `· ${place}`, remoteOnly && '· remote'].filter(Boolean).join(' ');
