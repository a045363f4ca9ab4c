import type { BoardName } from '../../../domain/board.js';
import { placeKeysOf, remoteKeysOf } from '../../../domain/places/index.js';
import { type Posting, postingSchema } from '../../../domain/posting.js';
import type { Board } from '../board.js';
import { descriptionWords } from './description-words.js';
import { description } from './html.js';
import { identityKeys } from './identity.js';
import { cleanLine, cleanTags } from './text.js';

/** What an adapter reads out of one of its board's postings; the rest is the same for every board. */
export type PostingDraft = Omit<
  Posting,
  | 'board'
  | 'boardPostingId'
  | 'applyUrl'
  | 'placeKeys'
  | 'remoteKeys'
  | 'identityKeys'
  | 'descriptionHtml'
  | 'descriptionText'
  | 'descriptionWords'
  | 'tags'
  | 'attribution'
> & {
  boardPostingId: string | number;
  applyUrl?: string | null | undefined;
  /** HTML as the board sends it. */
  description: string;
  tags: (string | null | undefined)[];
};

/** The posting that a draft makes, or `undefined` when it lacks what every posting must have. */
export function toPosting(
  board: Pick<Board, 'name' | 'attribution'>,
  draft: PostingDraft,
): Posting | undefined {
  const { description: html, ...rest } = draft;
  const url = httpUrl(draft.url);
  if (!url) return undefined;
  const told = {
    board: board.name satisfies BoardName,
    boardPostingId: String(draft.boardPostingId).trim(),
    placeKeys: placeKeysOf(draft.locations, draft.country),
    remoteKeys: draft.workMode === 'remote' ? remoteKeysOf(draft.locations, draft.country) : [],
    url,
    applyUrl: httpUrl(draft.applyUrl),
  };
  const described = description(html);
  const posting = {
    ...rest,
    ...told,
    identityKeys: identityKeys(told),
    title: cleanLine(draft.title, 300),
    company: cleanLine(draft.company, 200),
    ...described,
    descriptionWords: descriptionWords(described.descriptionText),
    tags: cleanTags(draft.tags),
    // The link back that boards ask for is to the posting on their site.
    attribution: { ...board.attribution, url },
  };
  return postingSchema.safeParse(posting).data;
}

/** An http(s) address with its host in lower case ("remoteOK.com"), without credentials; else `undefined`. */
function httpUrl(address: string | null | undefined): string | undefined {
  const text = address?.trim() ?? '';
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url.href : undefined;
}
