/** What Windows-1252 shows for the bytes 0x80 to 0x9f; those without a sign keep their control character. */
const windows1252 = new Map(
  [...'€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ'].map((sign, index) => {
    const bytes = [
      0x80, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8e, 0x91, 0x92, 0x93, 0x94,
      0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c, 0x9e, 0x9f,
    ];
    return [sign, bytes[index] as number];
  }),
);
const continuation = `[\\u0080-\\u00bf${[...windows1252.keys()].join('')}]`;
const misread = new RegExp(
  `[\\u00c2-\\u00df]${continuation}|[\\u00e0-\\u00ef]${continuation}{2}|[\\u00f0-\\u00f4]${continuation}{3}`,
  'g',
);

/**
 * Mends UTF-8 that was read as Latin-1 or Windows-1252 ("weâ€™re" becomes "we’re"). Only sequences that decode
 * as UTF-8 are touched, and only in a text that shows one of the tell-tale letters.
 */
export function repairMojibake(text: string): string {
  if (!/[ÃâÂ]/.test(text)) return text;
  return text.replace(misread, (signs) => {
    const bytes = Uint8Array.from(signs, (sign) => windows1252.get(sign) ?? sign.charCodeAt(0));
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      return signs;
    }
  });
}
