import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import type { ParsedMail } from 'mailparser';
import { MailStore } from './mail-store.js';
import { MailboxControl } from './mailbox-control.js';
import { linksOf, listPage, mailPage } from './pages.js';
import { createSmtpServer } from './smtp.js';
import { WebhookMessages } from './webhook-messages.js';

export interface MailboxOptions {
  folder: string;
  /** So many of the last mails are kept. */
  keep?: number;
}

/** A mail as the page tells it as JSON. */
export interface ReadMail {
  id: string;
  messageId: string;
  to: string;
  from: string;
  subject: string;
  at: string;
  headers: Record<string, string>;
  text: string;
  html: string;
  links: string[];
}

const maxBytes = 5_000_000;

/** Nothing of a mail runs or loads anything; its links open beside it. */
const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox";
const pagePolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'";

export type Mailbox = ReturnType<typeof createMailbox>;

/** A mail server of this machine that keeps what it is given, with a page to read it; and what Slack would be told. */
export function createMailbox({ folder, keep = 500 }: MailboxOptions) {
  const store = new MailStore(folder, keep);
  const control = new MailboxControl();
  const webhook = new WebhookMessages(keep);
  const smtp = createSmtpServer(store, control, maxBytes);
  const http = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      process.stderr.write(`Mailbox: ${error instanceof Error ? error.stack : String(error)}\n`);
      response.destroy();
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A page of elsewhere whose name leads here does not read the mails.
    if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? '')) {
      return send(response, 421, 'text/plain', 'This mailbox is for this machine.\n');
    }
    const { pathname } = new URL(request.url ?? '/', 'http://mailbox');
    if (pathname === '/readyz') return send(response, 200, 'text/plain', 'ready\n');
    if (pathname === '/')
      return send(response, 200, 'text/html', listPage(store.list(), webhook.list(), keep));
    if (pathname === '/slack' && request.method === 'POST') {
      const { status, body, headers } = await webhook.take(request, maxBytes);
      for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
      return send(response, status, 'text/plain', body);
    }
    if (pathname === '/messages')
      return send(response, 200, 'application/json', JSON.stringify(store.list()));

    const [, id = '', part] = /^\/messages\/([\w.:-]+)(?:\/(html|raw|json))?$/.exec(pathname) ?? [];
    const kept = store.list().find((mail) => mail.id === id);
    const found = await store.read(id);
    if (!kept || !found) return send(response, 404, 'text/plain', 'There is no such mail.\n');
    if (part === 'html') return send(response, 200, 'text/html', found.mail.html || '', mailPolicy);
    if (part === 'raw') return send(response, 200, 'text/plain', found.raw.toString());
    if (part === 'json')
      return send(response, 200, 'application/json', JSON.stringify(read(kept, found.mail)));
    return send(response, 200, 'text/html', mailPage(kept, found.mail));
  }

  return {
    control,
    webhook,
    folder,
    get url() {
      return `http://127.0.0.1:${portOf(http)}`;
    },
    /** What `SMTP_URL` is to be. */
    get smtpUrl() {
      return `smtp://127.0.0.1:${portOf(smtp.server)}`;
    },
    /** What a Slack webhook's address is to be. */
    get slackUrl() {
      return `http://127.0.0.1:${portOf(http)}/slack`;
    },
    /** Every mail that is kept, the last first. */
    async mails(): Promise<ReadMail[]> {
      const all = store.list().map(async (kept) => {
        const found = await store.read(kept.id);
        return found ? [read(kept, found.mail)] : [];
      });
      return (await Promise.all(all)).flat();
    },
    /** Port 0 takes a free one. */
    async listen(
      ports: { http: number; smtp: number } = { http: 0, smtp: 0 },
      host = '127.0.0.1',
    ): Promise<void> {
      await store.open();
      await listening(http, () => http.listen(ports.http, host));
      await listening(smtp.server, () => smtp.listen(ports.smtp, host));
    },
    /** Ends every connection. */
    async close(): Promise<void> {
      control.release();
      const closed = Promise.all([
        new Promise<void>((resolve) => http.close(() => resolve())),
        new Promise<void>((resolve) => smtp.close(() => resolve())),
      ]);
      http.closeAllConnections();
      await closed;
    },
  };
}

function read(kept: ReturnType<MailStore['list']>[number], mail: ParsedMail): ReadMail {
  return {
    ...kept,
    headers: Object.fromEntries(
      mail.headerLines.map(({ key, line }) => [
        key,
        line
          .slice(line.indexOf(':') + 1)
          .replace(/\s*\r?\n\s+/g, ' ')
          .trim(),
      ]),
    ),
    text: mail.text ?? '',
    html: mail.html || '',
    links: linksOf(mail),
  };
}

const portOf = (server: { address(): AddressInfo | string | null }) => (server.address() as AddressInfo).port;

function listening(server: Server, listen: () => unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('listening', () => {
      server.off('error', reject);
      resolve();
    });
    listen();
  });
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  policy = pagePolicy,
): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  response.end(body);
}
