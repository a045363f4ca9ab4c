import { z } from 'zod';
import { timestamp } from './schemas.js';

/** The forms that a feed comes in: RSS 2.0, Atom 1.0, JSON Feed 1. */
export const feedFormats = ['rss', 'atom', 'json'] as const;
export const feedFormatSchema = z.enum(feedFormats);
export type FeedFormat = z.infer<typeof feedFormatSchema>;

/** A saved search's private link. Whoever has it reads what was found, until it is revoked. */
export const feedSchema = z
  .object({
    createdAt: timestamp,
    links: z.object({ rss: z.url(), atom: z.url(), json: z.url() }),
  })
  .meta({ id: 'Feed' });
export type FeedLinks = z.infer<typeof feedSchema>['links'];
