import { relative } from 'node:path';
import { say } from '../../observability/standard-output.js';
import { temporalSettings } from '../../temporal/settings.js';
import { buildWhenChanged } from '../build.js';
import type { LauncherSettings } from '../config.js';
import { localMailFrom } from '../mailbox/config.js';
import { ensureJobspyPython } from '../services/jobspy-python.js';
import { endOrphanedPostgres } from '../services/postgres.js';
import { answers } from '../services/process.js';
import { type ProgramName, programOf, readyUrl } from '../services/programs.js';
import { projectRoot } from '../services/project-root.js';
import { keptSecrets, type StackSecrets } from '../services/secrets.js';
import { isTemporalReady, temporalProgram } from '../services/temporal.js';
import { findTemporalCli } from '../services/temporal-cli.js';
import type { DataFolder } from './data-folder.js';
import { assertPortsFree, type LaunchChoices } from './ports.js';
import { endLeftProcesses } from './process-files.js';
import { adminAccount, demoAccount, seedAccounts, seedCompanies } from './seed.js';
import { Service, type ServiceOptions } from './service.js';
import { step, table } from './terminal.js';

const loopback = '127.0.0.1';
const shown = (path: string) => (path.startsWith(projectRoot) ? relative(projectRoot, path) : path);

/** Starts the whole service, each part as soon as it can be, and stops it in order. */
export class Launcher {
  /** What the programs need, which ends last. */
  private readonly foundations: Service[] = [];
  private readonly programs: Service[] = [];
  private stopping = false;

  constructor(
    private readonly settings: LauncherSettings,
    private readonly folder: DataFolder,
    private readonly choices: LaunchChoices,
  ) {}

  /** @throws Error for people when something does not start; what started by then is still to be stopped. */
  async start(): Promise<void> {
    const left = await endLeftProcesses(this.folder.processes);
    if (left.length > 0) step(`Ended what an earlier start left running: ${left.join(', ')}`);
    await endOrphanedPostgres(this.folder.postgres);
    await assertPortsFree(this.settings, this.choices);
    if (this.choices.jobspy) await ensureJobspyPython(step);

    const secrets = await keptSecrets(this.folder.secretsFile);
    const temporal = this.startTemporal();
    const supabase = this.startSupabase();
    const seeded = supabase.then(() => this.seed(secrets));
    const site = build(['web']);
    const worker = build(['workflows', 'worker']);
    const api = build(['api']);

    const shared = this.programSettings(secrets);
    const start = async (name: ProgramName, port: number, needs: Promise<unknown>[] = []) => {
      await Promise.all(needs);
      await this.startProgram(name, shared, port);
    };
    await Promise.all([
      ...(this.choices.live ? [] : [start('boards', this.settings.BOARDS_PORT)]),
      ...(this.choices.jobspy ? [start('jobspy', this.settings.JOBSPY_PORT)] : []),
      ...(this.settings.SMTP_URL ? [] : [start('mailbox', this.settings.MAILBOX_PORT)]),
      start('worker', this.settings.WORKER_HEALTH_PORT, [temporal, seeded, worker]),
      start('api', this.settings.API_PORT, [temporal, seeded, api]),
      start('web', this.settings.WEB_PORT, [site]),
    ]);
    this.showAddresses();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    for (const together of [this.programs, this.foundations]) {
      const stopped = together.map(async (service) => {
        await service.stop();
        step(`${service.title}: stopped`);
      });
      await Promise.all(stopped);
    }
  }

  kill(): void {
    this.stopping = true;
    for (const service of [...this.programs, ...this.foundations]) service.kill();
  }

  private get supabaseUrl(): string {
    return `http://${loopback}:${this.settings.SUPABASE_PORT}`;
  }

  private get temporalAddress(): string {
    return this.settings.TEMPORAL_ADDRESS ?? `${loopback}:${this.settings.TEMPORAL_PORT}`;
  }

  private async run(
    options: Omit<ServiceOptions, 'folders' | 'longestPauseSeconds'>,
    among: Service[],
  ): Promise<void> {
    if (this.stopping) throw new Error('stopped');
    const service = new Service({
      ...options,
      folders: this.folder,
      longestPauseSeconds: this.settings.RESTART_LONGEST_PAUSE_SECONDS,
    });
    among.push(service);
    await service.start();
  }

  private async startTemporal(): Promise<void> {
    const { TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_PORT, TEMPORAL_UI_PORT } = this.settings;
    if (TEMPORAL_ADDRESS) {
      if (!(await isTemporalReady(TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE).catch(() => false))) {
        throw new Error(
          `TEMPORAL_ADDRESS is set, but no Temporal server with the namespace "${TEMPORAL_NAMESPACE}" and this ` +
            `project's search attributes answers at ${TEMPORAL_ADDRESS}.`,
        );
      }
      step(`Temporal: the server at ${TEMPORAL_ADDRESS} (TEMPORAL_ADDRESS)`);
      return;
    }
    const cli = await findTemporalCli(step);
    await this.run(
      {
        name: 'temporal',
        program: temporalProgram(cli, {
          port: TEMPORAL_PORT,
          uiPort: TEMPORAL_UI_PORT,
          databaseFile: this.folder.temporalDatabase,
        }),
        isReady: () => isTemporalReady(this.temporalAddress),
      },
      this.foundations,
    );
    step(`Temporal: ready (its CLI: ${cli.from})`);
  }

  private async startSupabase(): Promise<void> {
    await build(['supabase']);
    await this.run(
      {
        name: 'supabase',
        program: {
          name: 'Supabase',
          args: ['build/local/supabase.js'],
          env: {
            SUPABASE_PORT: String(this.settings.SUPABASE_PORT),
            POSTGRES_PORT: String(this.settings.POSTGRES_PORT),
            POSTGRES_DATA_DIR: this.folder.postgres,
            SECRETS_FILE: this.folder.secretsFile,
          },
        },
        isReady: () => answers(`${this.supabaseUrl}/readyz`),
        onMessage: (message) => {
          const { step: done } = message as { step?: string };
          if (done) step(done);
        },
      },
      this.foundations,
    );
    step('Supabase: ready');
  }

  private async seed(secrets: StackSecrets): Promise<void> {
    await seedAccounts(this.supabaseUrl, secrets);
    await seedCompanies(this.supabaseUrl, secrets.serviceRoleKey, this.choices.live);
    step('Seed: the demo accounts and the companies are there');
  }

  private async startProgram(
    name: ProgramName,
    settings: Record<string, string | undefined>,
    port: number,
  ): Promise<void> {
    const program = programOf(name, settings);
    await this.run({ name, program, isReady: () => answers(readyUrl(name, port)) }, this.programs);
    step(`${program.name}: ready`);
  }

  /** What the programs may be told; each is given its own of it. Limits come from the environment. */
  private programSettings(secrets: StackSecrets): Record<string, string | undefined> {
    const { settings } = this;
    const database = `${loopback}:${settings.POSTGRES_PORT}/postgres`;
    return {
      ...process.env,
      // They are of another server than the one that is started here.
      ...(!settings.TEMPORAL_ADDRESS &&
        Object.fromEntries(Object.keys(temporalSettings.shape).map((name) => [name, undefined]))),
      HOST: loopback,
      PORT: String(settings.WEB_PORT),
      API_HOST: loopback,
      API_PORT: String(settings.API_PORT),
      SITE_URL: `http://${loopback}:${settings.WEB_PORT}`,
      API_URL: `http://${loopback}:${settings.API_PORT}`,
      SESSION_SECRET: secrets.sessionSecret,
      ADDRESS_HASH_SECRET: secrets.addressHashSecret,
      WORKER_HEALTH_HOST: loopback,
      WORKER_HEALTH_PORT: String(settings.WORKER_HEALTH_PORT),
      BOARDS_HOST: loopback,
      BOARDS_PORT: String(settings.BOARDS_PORT),
      BOARDS_MODE: this.choices.live ? 'live' : 'sample',
      BOARDS_SAMPLE_URL: `http://${loopback}:${settings.BOARDS_PORT}`,
      ...(!settings.SMTP_URL && {
        MAILBOX_HOST: loopback,
        MAILBOX_PORT: String(settings.MAILBOX_PORT),
        SMTP_PORT: String(settings.SMTP_PORT),
        MAILBOX_DIR: this.folder.mails,
        SMTP_URL: `smtp://${loopback}:${settings.SMTP_PORT}`,
        MAIL_FROM: process.env.MAIL_FROM || localMailFrom,
        ALERT_EMAIL: process.env.ALERT_EMAIL || 'operator@example.com',
        ALERT_SLACK_WEBHOOK_URL:
          process.env.ALERT_SLACK_WEBHOOK_URL || `http://${loopback}:${settings.MAILBOX_PORT}/slack`,
      }),
      ...(this.choices.jobspy && {
        JOBSPY_HOST: loopback,
        JOBSPY_PORT: String(settings.JOBSPY_PORT),
        JOBSPY_URL: `http://${loopback}:${settings.JOBSPY_PORT}`,
      }),
      // The sites, too, are the sample server's.
      ...(!this.choices.live && { JOBSPY_SITES_URL: `http://${loopback}:${settings.BOARDS_PORT}` }),
      SUPABASE_URL: this.supabaseUrl,
      SUPABASE_ANON_KEY: secrets.anonKey,
      SUPABASE_SERVICE_ROLE_KEY: secrets.serviceRoleKey,
      SUPABASE_JWT_SECRET: secrets.jwtSecret,
      DATABASE_URL: `postgres://run_listener:${secrets.listenerPassword}@${database}`,
      TEMPORAL_ADDRESS: this.temporalAddress,
      TEMPORAL_NAMESPACE: settings.TEMPORAL_NAMESPACE,
      ...(!settings.TEMPORAL_ADDRESS && {
        TEMPORAL_UI_URL: `http://${loopback}:${settings.TEMPORAL_UI_PORT}`,
      }),
    };
  }

  private showAddresses(): void {
    const { settings } = this;
    const at = (port: number) => `http://${loopback}:${port}`;
    say('\nSearching The Fox runs. Open the website and sign in with the demo account.\n');
    table([
      ['Website', at(settings.WEB_PORT)],
      ['Demo account', `${demoAccount.email} / ${demoAccount.password}`],
      ['Admin account', `${adminAccount.email} / ${adminAccount.password} (${at(settings.WEB_PORT)}/admin)`],
      ['API', `${at(settings.API_PORT)} (try it: ${at(settings.API_PORT)}/docs)`],
      ...(settings.TEMPORAL_ADDRESS
        ? []
        : ([['Temporal Web UI', at(settings.TEMPORAL_UI_PORT)]] as [string, string][])),
      ...(settings.SMTP_URL ? [] : ([['Mailbox', at(settings.MAILBOX_PORT)]] as [string, string][])),
      ['Temporal', this.temporalAddress],
      ['Supabase', this.supabaseUrl],
      ['Postgres', `${loopback}:${settings.POSTGRES_PORT} (passwords: ${shown(this.folder.secretsFile)})`],
      ...(this.choices.jobspy ? ([['JobSpy service', at(settings.JOBSPY_PORT)]] as [string, string][]) : []),
      ...(this.choices.live ? [] : ([['Sample boards', at(settings.BOARDS_PORT)]] as [string, string][])),
      ['Logs', shown(this.folder.logs)],
    ]);
    say(
      this.choices.live
        ? '\nThe real job boards are asked.'
        : '\nThe job boards are sample boards of made-up postings. `npm start -- --live` asks the real ones.',
    );
    if (this.choices.jobspy && !this.choices.live) {
      say('Of the sites behind JobSpy, Indeed and LinkedIn are answered; the others cannot be reached.');
    }
    say('Ctrl-C stops everything; the data is kept.');
  }
}

async function build(names: Parameters<typeof buildWhenChanged>[0]): Promise<void> {
  const built = await buildWhenChanged(names);
  if (built.length > 0) step(`Built ${built.join(' and ')}`);
}
