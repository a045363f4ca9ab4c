import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

/** What operators filter by in the Temporal Web UI. All are Keyword: ids and names, never personal data. */
export const userIdAttribute = defineSearchAttributeKey('UserId', SearchAttributeType.KEYWORD);
export const runSourceAttribute = defineSearchAttributeKey('RunSource', SearchAttributeType.KEYWORD);
export const savedSearchIdAttribute = defineSearchAttributeKey('SavedSearchId', SearchAttributeType.KEYWORD);
export const boardAttribute = defineSearchAttributeKey('Board', SearchAttributeType.KEYWORD);

export const searchAttributeNames = [
  userIdAttribute,
  runSourceAttribute,
  savedSearchIdAttribute,
  boardAttribute,
].map((key) => key.name);
