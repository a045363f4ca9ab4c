import { alertTitle } from '../../domain/alert-rules.js';
import { type AlertChannel, type AlertMessage, AlertNotTold, advice, headline } from './channel.js';

export interface SlackSettings {
  /** The incoming webhook's address, which is its secret: it stands in no log and no error. */
  webhookUrl: string;
  /** How long an answer may take, in milliseconds. */
  timeoutMs: number;
}

/** Slack takes blocks of so many characters. */
const blockCharacters = 3_000;
/** Where Slack names no time. */
const pauseSeconds = 30;
const longestPauseSeconds = 3_600;

/** What failed before anything was sent. */
const notSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|ERR_TLS|DEPTH_ZERO)/;

/** Posts to a Slack incoming webhook. Slack shows what is sent twice twice. */
export function createSlackChannel({ webhookUrl, timeoutMs }: SlackSettings): AlertChannel {
  return {
    name: 'slack',
    repeats: false,
    async tell(message) {
      const response = await post(webhookUrl, JSON.stringify(slackBody(message)), timeoutMs);
      await response.body?.cancel();
      if (response.ok) return;
      throw new AlertNotTold(String(response.status), {
        // A gateway's error says nothing of what is behind it.
        isCertain: response.status < 500,
        ...(response.status === 429 && { retryAfterSeconds: retryAfter(response.headers) }),
      });
    },
  };
}

async function post(url: string, body: string, timeoutMs: number): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body,
      // Another address would be given the alerts.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (error) {
    const { name, cause } = error as { name: string; cause?: { code?: string } };
    const code = name === 'TimeoutError' ? 'timeout' : (cause?.code ?? 'network');
    throw new AlertNotTold(code, { isCertain: notSent.test(code) });
  }
}

/** The whole seconds or the date of `Retry-After`. */
function retryAfter(headers: Headers): number {
  const text = headers.get('retry-after') ?? '';
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1_000;
  return Number.isFinite(seconds)
    ? Math.min(Math.max(Math.ceil(seconds), 1), longestPauseSeconds)
    : pauseSeconds;
}

/** Slack reads `<…>` as links and mentions, and `&` as the beginning of an entity. */
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** `text` is what a phone's notification shows; the blocks are the message. */
export function slackBody({ notices }: AlertMessage) {
  const sections = notices.map(({ event, kind, message }) => {
    const mark = event === 'raised' ? ':rotating_light:' : ':white_check_mark: Over:';
    return section(`${mark} *${escaped(alertTitle(kind))}*\n${shortened(message)}`);
  });
  return {
    text: `Searching The Fox: ${headline(notices)}`,
    blocks: [...sections, { type: 'context', elements: [{ type: 'mrkdwn', text: escaped(advice) }] }],
  };
}

/** Escaped, in what a block takes beside its mark and title. */
function shortened(message: string): string {
  const room = blockCharacters - 200;
  if (escaped(message).length <= room) return escaped(message);
  // Five characters are the longest entity.
  return `${escaped(message.slice(0, room / 5))}…`;
}

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
