import type { IncomingMessage } from 'node:http';
import { z } from 'zod';

/** What is read of what a Slack incoming webhook is sent. */
const slackBodySchema = z.object({
  text: z.string(),
  blocks: z
    .array(
      z.object({
        type: z.string(),
        text: z.object({ type: z.string(), text: z.string().min(1).max(3_000) }).optional(),
      }),
    )
    .max(50)
    .optional(),
});

export interface WebhookMessage {
  /** When it arrived, ISO 8601. */
  at: string;
  text: string;
  /** The texts of its sections, as Slack would show them but for its markup. */
  sections: string[];
}

/** Slack's three entities; whatever else it reads between < and > is markup. */
const shown = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** What Slack would be told, since this process started: the last so many. */
export class WebhookMessages {
  readonly #messages: WebhookMessage[] = [];
  #answers: { status: number; headers?: Record<string, string> }[] = [];

  constructor(private readonly keep: number) {}

  /** The last first. */
  list(): readonly WebhookMessage[] {
    return this.#messages;
  }

  /** Answers the next request like this instead of taking it. */
  answerOnce(status: number, headers?: Record<string, string>): void {
    this.#answers.push({ status, ...(headers && { headers }) });
  }

  /** @returns how the request is answered. */
  async take(
    request: IncomingMessage,
    maxBytes: number,
  ): Promise<{ status: number; body: string; headers?: Record<string, string> }> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) return { status: 413, body: 'payload_too_large' };
      chunks.push(chunk);
    }
    const answer = this.#answers.shift();
    if (answer) return { ...answer, body: 'not now' };
    const parsed = slackBodySchema.safeParse(jsonOrNothing(Buffer.concat(chunks).toString()));
    if (!parsed.success) return { status: 400, body: 'invalid_payload' };
    const { text, blocks = [] } = parsed.data;
    this.#messages.unshift({
      at: new Date().toISOString(),
      text: shown(text),
      sections: blocks.flatMap((block) => (block.text ? [shown(block.text.text)] : [])),
    });
    this.#messages.splice(this.keep);
    return { status: 200, body: 'ok' };
  }
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
