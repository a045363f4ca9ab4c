import { decodeHTML } from 'entities';

/** Characters that no database or page should get: controls but tab and newline, zero-width and direction marks. */
const unwanted = /(?![\n\t])\p{Cc}|[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/gu;
const loneSurrogate = /\p{Surrogate}/gu;
const emailAddress = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})*\.\p{L}{2,24}/gu;

/** Text that Postgres takes and a page can show: no NUL, no other controls, no half characters. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(unwanted, '').replace(loneSurrogate, '\ufffd');
}

/** One line of text out of a field that may hold entities (`Product &amp; Operations`) and odd spaces. */
export function cleanLine(text: string, maxLength: number): string {
  return clamp(cleanText(decodeHTML(text)).replace(/\s+/g, ' ').trim(), maxLength);
}

/** Cuts at a whole character. */
export function clamp(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  return text
    .slice(0, maxLength - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()
    .concat('…');
}

/** E-mail addresses are personal data and are not kept; the posting's own page still has them. */
export function withoutEmails(text: string): string {
  return text.includes('@') ? text.replace(emailAddress, '[e-mail on the original page]') : text;
}

/** Trimmed, decoded, without repetitions (by case), at most fifty: a posting's tags. */
export function cleanTags(tags: readonly (string | null | undefined)[]): string[] {
  const found = new Map<string, string>();
  for (const tag of tags) {
    const line = cleanLine(tag ?? '', 100);
    if (line && !found.has(line.toLowerCase())) found.set(line.toLowerCase(), line);
  }
  return [...found.values()].slice(0, 50);
}
