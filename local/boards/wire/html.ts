import type { Block } from '../catalogue/describe.js';
import type { Flaw } from '../catalogue/job.js';

/** How a board's editor writes its HTML. */
export interface HtmlStyle {
  paragraph: (text: string) => string;
  heading: (text: string) => string;
}

export const plainStyle: HtmlStyle = {
  paragraph: (text) => `<p>${text}</p>`,
  heading: (text) => `<h3>${text}</h3>`,
};

/** What a description ends with when its author, or somebody worse, pasted something into it. */
const pasted: Partial<Record<Flaw, string>> = {
  script:
    '<script>document.title="owned"</script><img src="x" onerror="alert(1)"><p style="position:fixed"><a href="javascript:alert(1)" onclick="alert(1)">Apply here</a> or write to jane.doe@example.com</p>',
  half_characters: '<p>A great place \ud83d to be\u0000.</p>',
};

export function toHtml(blocks: readonly Block[], style: HtmlStyle = plainStyle, flaw?: Flaw): string {
  const parts = blocks.map((block) => {
    if (block.kind === 'list') return toList(block.items);
    return block.kind === 'heading'
      ? style.heading(escapeHtml(block.text))
      : style.paragraph(escapeHtml(block.text));
  });
  return parts.join('\n') + ((flaw && pasted[flaw]) ?? '');
}

export const toList = (items: readonly string[]) =>
  `<ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;

export function toPlain(blocks: readonly Block[]): string {
  const parts = blocks.map((block) => {
    if (block.kind === 'list') return block.items.map((item) => `• ${item}`).join('\n');
    return block.kind === 'heading' ? block.text.toUpperCase() : block.text;
  });
  return parts.join('\n\n');
}

export const escapeHtml = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

export const slugOf = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
