import type { Run, RunBoard } from '../api/types.js';

/** A run as the API tells it, for tests that need one of a kind. */
export const aRun = (given: Partial<Run> = {}): Run => ({
  id: '0d9a2f5e-8a52-4a5f-9a52-6f0a4c1f3b01',
  status: 'running',
  source: 'manual',
  parameters: {
    title: 'react developer',
    remoteOnly: false,
    salaryKnownOnly: false,
    boards: ['remotive'],
    excludeWords: [],
  },
  summary: 'react developer',
  placeKnown: true,
  savedSearchId: null,
  clientContext: null,
  found: 0,
  new: 0,
  firstOfItsSearch: false,
  error: null,
  cancelRequestedAt: null,
  createdAt: '2026-11-25T12:00:00.000Z',
  startedAt: '2026-11-25T12:00:02.000Z',
  completedAt: null,
  revision: 1,
  boards: [aBoard()],
  serverTime: '2026-11-25T12:00:10.000Z',
  ...given,
});

export const aBoard = (given: Partial<RunBoard> = {}): RunBoard => ({
  board: 'remotive',
  label: 'Remotive',
  state: 'success',
  sourcesTotal: 1,
  sourcesDone: 1,
  sourcesFailed: 0,
  page: 1,
  found: 0,
  new: 0,
  error: null,
  skipped: null,
  startedAt: null,
  completedAt: null,
  ...given,
});
