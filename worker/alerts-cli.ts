import { DateTime, Duration } from 'luxon';
import { z } from 'zod';
import { alertKinds } from '../domain/alert-rules.js';
import { settingsOrExit } from '../domain/settings.js';
import { say } from '../observability/standard-output.js';
import { workerSettings } from './config.js';
import { createServiceClient } from './supabase.js';

const usage = `What an operator does with alerts (docs/OPERATIONS.md):

  npm run alerts -- list                                  what is open, what was in the last day, what is silenced
  npm run alerts -- silence <rule>[/<subject>] <until> [reason]
                                                          nobody is told of it until then: 30m, 4h, 2d from now, or a
                                                          time as 2026-11-25T08:00Z
  npm run alerts -- unsilence <rule>[/<subject>]

Rules: ${alertKinds.join(', ')}
`;

/** What ended longer ago is history. */
const listedHours = 24;

/** The command is not one, or asks for what is not there. */
class UsageError extends Error {}

const overviewSchema = z.object({
  alerts: z.array(
    z.object({
      rule: z.string(),
      subject: z.string(),
      message: z.string(),
      raised_at: z.string(),
      resolved_at: z.string().nullable(),
      silenced: z.boolean(),
      notices: z.array(
        z.object({
          channel: z.string(),
          event: z.enum(['raised', 'resolved']),
          state: z.enum(['sending', 'told', 'waiting', 'unsure']),
          error: z.string().nullable(),
        }),
      ),
    }),
  ),
  silences: z.array(
    z.object({
      rule: z.string(),
      subject: z.string().nullable(),
      until: z.string(),
      reason: z.string().nullable(),
    }),
  ),
});

const shown = (at: string) => DateTime.fromISO(at, { zone: 'UTC' }).toFormat("yyyy-MM-dd HH:mm 'UTC'");
const named = ({ rule, subject }: { rule: string; subject: string | null }) =>
  subject === null ? rule : `${rule}/${subject}`;

/** `queue_age/search-runs (workflow)`: what stands after the first slash is the subject, whatever it is. */
function ruleNamed(text = ''): { rule: string; subject: string | null } {
  const slash = text.indexOf('/');
  const rule = slash < 0 ? text : text.slice(0, slash);
  if (!alertKinds.includes(rule)) throw new UsageError(`There is no rule "${rule}".`);
  return { rule, subject: slash < 0 ? null : text.slice(slash + 1) };
}

function moment(text = ''): DateTime<true> {
  const [, amount, unit] = /^(\d{1,4})([mhd])$/.exec(text) ?? [];
  const units = { m: 'minutes', h: 'hours', d: 'days' } as const;
  const at = amount
    ? DateTime.utc().plus(Duration.fromObject({ [units[unit as keyof typeof units]]: Number(amount) }))
    : DateTime.fromISO(text, { zone: 'UTC' });
  if (!at.isValid) throw new UsageError(`"${text}" is no time.`);
  if (at <= DateTime.utc()) throw new UsageError(`"${text}" is over.`);
  return at;
}

type Client = ReturnType<typeof createServiceClient>;

async function answered<Data>(
  call: PromiseLike<{ data: Data; error: { message: string } | null }>,
): Promise<Data> {
  const { data, error } = await call;
  if (error) throw new Error(error.message);
  return data;
}

async function list(client: Client): Promise<void> {
  const overview = await answered(client.rpc('alerts_overview', { p_hours: listedHours }));
  const { alerts, silences } = overviewSchema.parse(overview);
  if (alerts.length === 0) say(`There are no alerts, and were none in the last ${listedHours} hours.`);
  for (const alert of alerts) {
    const state = alert.resolved_at ? `over since ${shown(alert.resolved_at)}` : 'OPEN';
    say(`${named(alert)}: ${state}, raised ${shown(alert.raised_at)}${alert.silenced ? ', SILENCED' : ''}`);
    say(`  ${alert.message}`);
    const notices = alert.notices.map(
      ({ channel, event, state, error }) => `${channel} ${event}: ${state}${error ? ` (${error})` : ''}`,
    );
    say(`  ${notices.join('; ') || 'not told'}`);
  }
  for (const silence of silences) {
    say(
      `Silenced until ${shown(silence.until)}: ${named(silence)}${silence.reason ? ` (${silence.reason})` : ''}`,
    );
  }
}

async function run(client: Client, [command, name, ...args]: string[]): Promise<void> {
  switch (command) {
    case 'list':
      return list(client);
    case 'silence': {
      const { rule, subject } = ruleNamed(name);
      const [until, ...reason] = args;
      const at = moment(until).toISO();
      await answered(
        client.rpc('silence_alerts', {
          p_rule: rule,
          p_subject: subject,
          p_until: at,
          p_reason: reason.join(' ') || null,
        }),
      );
      return say(`${named({ rule, subject })}: silenced until ${shown(at)}`);
    }
    case 'unsilence': {
      const { rule, subject } = ruleNamed(name);
      const removed = client.from('alert_silences').delete({ count: 'exact' }).eq('rule', rule);
      const { count, error } = await (subject === null
        ? removed.is('subject', null)
        : removed.eq('subject', subject));
      if (error) throw new Error(error.message);
      if (!count) throw new UsageError(`${named({ rule, subject })} is not silenced.`);
      return say(`${named({ rule, subject })}: not silenced any more`);
    }
    default:
      throw new UsageError(
        command === undefined ? 'What is to be done?' : `There is no command "${command}".`,
      );
  }
}

const { SUPABASE_URL, SUPABASE_SERVICE_ROLE_KEY, SUPABASE_TIMEOUT_MS } = workerSettings.shape;
const settings = settingsOrExit(z.object({ SUPABASE_URL, SUPABASE_SERVICE_ROLE_KEY, SUPABASE_TIMEOUT_MS }));
try {
  await run(createServiceClient(settings), process.argv.slice(2));
} catch (error) {
  const isUsage = error instanceof UsageError;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(isUsage ? `${message}\n\n${usage}` : `${message}\n`);
  process.exitCode = isUsage ? 2 : 1;
}
