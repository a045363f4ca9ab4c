import type { LauncherSettings } from '../config.js';
import { isPortFree } from '../services/ports.js';

/** What `npm start` is asked for beside the usual. */
export interface LaunchChoices {
  /** The real boards are asked, and no sample server is started. */
  live: boolean;
  /** The JobSpy service is started as well. */
  jobspy: boolean;
}

/** The ports that this start needs: whose, and the setting that moves each. */
export function neededPorts(
  settings: LauncherSettings,
  { live, jobspy }: LaunchChoices,
): [keyof LauncherSettings, string][] {
  return [
    ['WEB_PORT', 'website'],
    ['API_PORT', 'API'],
    ...(live ? [] : [['BOARDS_PORT', 'sample boards'] as [keyof LauncherSettings, string]]),
    ['WORKER_HEALTH_PORT', "worker's health"],
    ...(jobspy ? [['JOBSPY_PORT', 'JobSpy service'] as [keyof LauncherSettings, string]] : []),
    ...(settings.SMTP_URL
      ? []
      : ([
          ['MAILBOX_PORT', "mailbox's page"],
          ['SMTP_PORT', 'mailbox'],
        ] as [keyof LauncherSettings, string][])),
    ['SUPABASE_PORT', 'Supabase'],
    ['POSTGRES_PORT', 'Postgres'],
    ...(settings.TEMPORAL_ADDRESS
      ? []
      : ([
          ['TEMPORAL_PORT', 'Temporal'],
          ['TEMPORAL_UI_PORT', 'Temporal Web UI'],
        ] as [keyof LauncherSettings, string][])),
  ];
}

/** @throws Error naming every port that cannot be had, with the setting that moves it. */
export async function assertPortsFree(settings: LauncherSettings, choices: LaunchChoices): Promise<void> {
  const problems: string[] = [];
  const seen = new Map<number, string>();
  for (const [setting, whose] of neededPorts(settings, choices)) {
    const port = Number(settings[setting]);
    const other = seen.get(port);
    if (other)
      problems.push(`Port ${port} is set twice, by ${other} and ${setting}: set one of them to another`);
    else if (!(await isPortFree(port))) {
      problems.push(`Port ${port} (${whose}) is taken: set ${setting} in .env to another`);
    }
    seen.set(port, setting);
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
}
