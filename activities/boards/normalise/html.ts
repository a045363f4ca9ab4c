import { decodeHTML } from 'entities';
import sanitize from 'sanitize-html';
import { clamp, cleanText, withoutEmails } from './text.js';

const maxHtml = 100_000;
const maxText = 60_000;

const blocks = [
  'p',
  'div',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'blockquote',
  'pre',
  'table',
  'tr',
];
const rules: sanitize.IOptions = {
  allowedTags: [
    ...blocks,
    'li',
    'br',
    'hr',
    'strong',
    'b',
    'em',
    'i',
    'u',
    'a',
    'code',
    'tbody',
    'thead',
    'th',
    'td',
  ],
  allowedAttributes: { a: ['href', 'rel', 'target'] },
  allowedSchemes: ['http', 'https'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nestingLimit: 40,
  transformTags: {
    a: (tagName, { href }) => ({
      tagName,
      attribs: { ...(href && { href }), rel: 'noopener noreferrer nofollow ugc', target: '_blank' },
    }),
  },
  textFilter: withoutEmails,
};

/**
 * A description as it may be stored and shown: no scripts, styles, images or `javascript:`, no e-mail addresses,
 * links that give nothing away; and the same as plain text, one block a line.
 */
export function description(html: string): { descriptionHtml: string; descriptionText: string } {
  const clean = sanitize(cleanText(html), rules).trim();
  const descriptionHtml = clean.length <= maxHtml ? clean : shorten(clean);
  return { descriptionHtml, descriptionText: clamp(plainText(descriptionHtml), maxText) };
}

/** HTML that came with its tags escaped (`&lt;p&gt;`), as Greenhouse sends it, decoded once; other HTML as it is. */
export function unescapeHtml(html: string): string {
  return /^\s*&lt;/.test(html) || (!/<[a-z]/i.test(html) && /&lt;[a-z]/i.test(html))
    ? decodeHTML(html)
    : html;
}

/** Cut outside a tag, and below the limit by what closing the tags left open may add (`nestingLimit` of the longest). */
function shorten(html: string): string {
  const cut = html.slice(0, maxHtml - 1_000);
  const withinTag = cut.lastIndexOf('<') > cut.lastIndexOf('>');
  return sanitize(cleanText(withinTag ? cut.slice(0, cut.lastIndexOf('<')) : cut), rules);
}

const endsLine = /<\/(?:p|div|h[1-6]|ul|ol|blockquote|pre|table|tr|li)>|<(?:br|hr) ?\/?>/g;

/** Plain text of sanitised HTML. */
function plainText(html: string): string {
  const lines = html
    .replace(/\s+/g, ' ')
    .replace(endsLine, '\n')
    .replace(/<li>/g, '- ')
    .replace(/<\/t[dh]>/g, ' ')
    .replace(/<[^>]*>/g, '');
  return decodeHTML(lines)
    .split('\n')
    .map((line) => line.replace(/[^\S\n]+/g, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
