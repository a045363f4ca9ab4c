/** A kind of work: what its sample jobs are called, ask for and pay. */
export interface JobFamily {
  name: string;
  department: string;
  /** The family's name in Remotive's and Jobicy's own lists. */
  remotiveCategory: string;
  jobicyIndustry: string;
  /** Titles, each with the skills that it promises. A title that names no level may get one. */
  titles: readonly Title[];
  /** Whether "Senior", "Staff" and the like go before a title. */
  levelled: boolean;
  /** Further skills that such a job may ask for. */
  skills: readonly string[];
  /** A year's pay in the USA without a level, in dollars. */
  yearlyPay: readonly [from: number, to: number];
  /** Share of its jobs that are remote, and hybrid, from 0 to 1. */
  remote: number;
  hybrid: number;
  /** What one does; `{skill}` stands for one of the job's skills. */
  duties: readonly string[];
  /** What is asked for. */
  requirements: readonly string[];
}

export type Title = readonly [title: string, ...skills: string[]];
