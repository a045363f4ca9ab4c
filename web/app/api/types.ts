import type { paths } from './schema.gen.js';

/** The shapes that the API answers with, by the name the site uses for them. */
type Get<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;

export type Run = Get<'/runs/{id}'>;
export type RunBoard = Run['boards'][number];
export type RunStatus = Run['status'];
export type SearchParameters = Run['parameters'];
export type ResultList = Get<'/runs/{id}/results'>;
export type Result = ResultList['items'][number];
export type JobMark = NonNullable<Result['mark']>;
export type JobList = Get<'/jobs'>;
export type HiddenTerm = Get<'/hidden-terms'>['items'][number];
export type SavedSearch = Get<'/saved-searches/{id}'>;
export type Settings = Get<'/me/settings'>;
export type Company = Get<'/companies'>['items'][number];
export type CompanyPostings = Get<'/companies/{board}/{token}/postings'>;
export type CompanyPosting = CompanyPostings['items'][number];
export type Posting = Omit<CompanyPosting, 'mark' | 'hiddenBy'>;
export type BoardList = Get<'/boards'>;
export type RunFigures = Get<'/admin/runs/figures'>;
export type BoardFigures = Get<'/admin/boards/figures'>;
export type ScheduleFigures = Get<'/admin/schedules/figures'>;
export type QueueFigures = Get<'/admin/queues'>;
export type Board = BoardList['items'][number];

/** RFC 9457, as the API sends it; `retryAfterSeconds` comes from the `Retry-After` header. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  /** How the run stands that the request did not fit. */
  runStatus?: RunStatus;
  errors?: { pointer: string; detail: string }[];
  retryAfterSeconds?: number;
}

export const isActive = (run: { status: RunStatus }) => run.status === 'pending' || run.status === 'running';
