import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { countryOf } from '../activities/boards/normalise/countries.js';
import { places, workModeIn } from '../activities/boards/normalise/places.js';
import { toPosting } from '../activities/boards/normalise/posting.js';
import type { Posting } from '../domain/posting.js';

/** A real posting, as a public list of first jobs tells of it. */
const listingSchema = z.object({
  id: z.uuid(),
  title: z.string(),
  company_name: z.string(),
  locations: z.array(z.string()),
  url: z.string(),
  /** Seconds since 1970. */
  date_posted: z.number(),
});
export type Listing = z.infer<typeof listingSchema>;

/** Real postings belong to others and are not part of the project. */
export const listingsFile = resolve(process.env.SHARED_DATA ?? '../shared/data/boards', 'listings.json');

/** The real postings, or `undefined` where their file is not. */
export function readListings(): Listing[] | undefined {
  if (!existsSync(listingsFile)) return undefined;
  return z.array(listingSchema).parse(JSON.parse(readFileSync(listingsFile, 'utf8')));
}

/** The board that has the listings. */
export const listingsBoard = {
  name: 'listings',
  attribution: { name: 'Listings', url: 'https://listings.example/', followLink: false },
};
const day = 86_400_000;

/** The listings as an adapter hands them over, their dates moved so that the newest is a day old. */
export function postingsOf(listings: readonly Listing[]): Posting[] {
  const newest = Math.max(...listings.map((listing) => listing.date_posted));
  return listings.map((listing) => {
    const locations = places(listing.locations);
    const posting = toPosting(listingsBoard, {
      boardPostingId: listing.id,
      url: listing.url,
      title: listing.title,
      company: listing.company_name,
      locations,
      country: countryOf(locations),
      workMode: workModeIn(...locations, listing.title),
      postedAt: new Date(Date.now() - day - (newest - listing.date_posted) * 1_000).toISOString(),
      postedAtPrecision: 'second',
      description: '',
      tags: [],
    });
    if (!posting) throw new Error(`Listing ${listing.id} makes no posting`);
    return posting;
  });
}
