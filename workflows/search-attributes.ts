import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

/** What operators filter by in the Temporal Web UI. All are Keyword: ids and names, never personal data. */
export const userIdAttribute = defineSearchAttributeKey('UserId', SearchAttributeType.KEYWORD);
export const runSourceAttribute = defineSearchAttributeKey('RunSource', SearchAttributeType.KEYWORD);
export const savedSearchIdAttribute = defineSearchAttributeKey('SavedSearchId', SearchAttributeType.KEYWORD);
export const tickIdAttribute = defineSearchAttributeKey('TickId', SearchAttributeType.KEYWORD);
/** What began a tick; of a run it is `RunSource`. */
export const tickCauseAttribute = defineSearchAttributeKey('TickCause', SearchAttributeType.KEYWORD);
export const boardAttribute = defineSearchAttributeKey('Board', SearchAttributeType.KEYWORD);

export const searchAttributeNames = [
  userIdAttribute,
  runSourceAttribute,
  savedSearchIdAttribute,
  tickIdAttribute,
  tickCauseAttribute,
  boardAttribute,
].map((key) => key.name);

/** Set by Temporal: the time that a schedule's action was due, jitter aside. */
export const scheduledTimeAttribute = defineSearchAttributeKey(
  'TemporalScheduledStartTime',
  SearchAttributeType.DATETIME,
);
