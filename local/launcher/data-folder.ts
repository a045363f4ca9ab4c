import { isAbsolute, join } from 'node:path';
import { inProject } from '../services/project-root.js';
import { reachablePath } from '../services/reachable.js';

/** Where `npm start` keeps what. */
export interface DataFolder {
  root: string;
  secretsFile: string;
  postgres: string;
  temporalDatabase: string;
  logs: string;
  /** What the mailbox was sent. */
  mails: string;
  /** One file a running process, so that what a killed launcher left behind is found. */
  processes: string;
}

/**
 * @param path from the project's folder, or absolute.
 * @param live real postings are kept apart from made-up ones.
 */
export function dataFolder(path: string, live: boolean): DataFolder {
  const folder = isAbsolute(path) ? path : inProject(path);
  const root = live ? join(folder, 'live') : folder;
  return {
    root,
    secretsFile: join(root, 'secrets.json'),
    postgres: reachablePath(join(root, 'postgres')),
    temporalDatabase: join(root, 'temporal.db'),
    logs: join(root, 'logs'),
    mails: join(root, 'mails'),
    processes: join(root, 'processes'),
  };
}
