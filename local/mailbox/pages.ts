import { escapeUTF8 } from 'entities';
import type { ParsedMail } from 'mailparser';
import type { KeptMail } from './mail-store.js';
import type { WebhookMessage } from './webhook-messages.js';

const style = `
:root { color-scheme: light dark; --canvas: light-dark(#fbf8f4, #15110e); --surface: light-dark(#fff, #1e1915);
  --line: light-dark(#e6dcd1, #3b3129); --ink: light-dark(#231b14, #f6efe8); --muted: light-dark(#66584b, #bcad9e);
  --accent: light-dark(#a83c08, #ff9d61); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 3rem; background: var(--canvas); color: var(--ink);
  font: 1rem/1.5 ui-sans-serif, system-ui, sans-serif; overflow-wrap: anywhere; }
a { color: var(--accent); }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
.muted { color: var(--muted); }
ul.mails { list-style: none; margin: 1rem 0; padding: 0; }
ul.mails li { background: var(--surface); border: 1px solid var(--line); border-radius: .75rem; margin: 0 0 .5rem; }
ul.mails a { display: block; padding: .75rem 1rem; text-decoration: none; }
ul.mails strong { display: block; }
ul.mails span { color: var(--muted); font-size: .9375rem; }
ul.told { list-style: none; margin: 1rem 0; padding: 0; }
ul.told li { margin: 0 0 1rem; }
ul.told span { color: var(--muted); font-size: .9375rem; }
iframe { width: 100%; height: 75vh; border: 1px solid var(--line); border-radius: .75rem; background: Canvas; }
pre { background: var(--surface); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem; white-space: pre-wrap; margin: 0; }
`;

/** @param body HTML: whatever comes from a mail has been escaped. */
const page = (title: string, body: string): string => `<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeUTF8(title)} · Local mailbox</title><style>${style}</style></head>
<body>${body}</body>
</html>
`;

const shownTime = (at: string) => `<time datetime="${at}">${at.slice(0, 19).replace('T', ' ')} UTC</time>`;

export function listPage(mails: KeptMail[], webhook: readonly WebhookMessage[], keep: number): string {
  const items = mails.map(
    ({
      id,
      subject,
      to,
      at,
    }) => `<li><a href="/messages/${id}"><strong>${escapeUTF8(subject || '(no subject)')}</strong>
<span>to ${escapeUTF8(to)} · ${shownTime(at)}</span></a></li>`,
  );
  const told = webhook.map(
    ({ at, text, sections }) => `<li><strong>${escapeUTF8(text)}</strong> <span>${shownTime(at)}</span>
${sections.map((section) => `<pre>${escapeUTF8(section)}</pre>`).join('\n')}</li>`,
  );
  return page(
    'Mails',
    `<h1>Local mailbox</h1>
<p class="muted">Every mail that the service sends on this machine ends here, and leads no further. The last ${keep} are kept.</p>
${items.length > 0 ? `<ul class="mails">${items.join('\n')}</ul>` : '<p>No mail has come yet.</p>'}
<h2>Slack</h2>
<p class="muted">What a Slack channel would be told since this page was started.</p>
${told.length > 0 ? `<ul class="told">${told.join('\n')}</ul>` : '<p>Nothing yet.</p>'}`,
  );
}

export function mailPage({ id, subject, from, to, at }: KeptMail, mail: ParsedMail): string {
  const headers = mail.headerLines.map(({ line }) => escapeUTF8(line.replace(/\r?\n/g, '\n'))).join('\n');
  const links = linksOf(mail).map(
    (link) => `<li><a href="${escapeUTF8(link)}" rel="noopener">${escapeUTF8(link)}</a></li>`,
  );
  return page(
    subject,
    `<p><a href="/">All mails</a></p>
<h1>${escapeUTF8(subject || '(no subject)')}</h1>
<p class="muted">From ${escapeUTF8(from)} to ${escapeUTF8(to)} · ${at.slice(0, 19).replace('T', ' ')} UTC · <a href="/messages/${id}/raw">as it came</a></p>
${mail.html ? `<h2>HTML (<a href="/messages/${id}/html">by itself</a>)</h2><iframe title="The mail as HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/messages/${id}/html"></iframe>` : ''}
<h2>Text</h2><pre id="text">${escapeUTF8(mail.text ?? '')}</pre>
<h2>Headers</h2><pre>${headers}</pre>
<h2>Links</h2><ul id="links">${links.join('\n')}</ul>`,
  );
}

/** Every web address that the mail leads to. */
export function linksOf({ html, text, headerLines }: ParsedMail): string[] {
  const inHtml = [...(html || '').matchAll(/href="(https?:[^"]+)"/g)].map(([, link = '']) =>
    link.replaceAll('&amp;', '&'),
  );
  const inText = [...(text ?? '').matchAll(/https?:\/\/[^\s<>]+/g)].map(([link]) => link);
  const inHeaders = headerLines
    .filter(({ key }) => key === 'list-unsubscribe')
    .flatMap(({ line }) => [...line.matchAll(/<(https?:[^>]+)>/g)].map(([, link = '']) => link));
  return [...new Set([...inHtml, ...inText, ...inHeaders])];
}
