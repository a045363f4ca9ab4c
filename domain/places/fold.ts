/**
 * A name as it is compared: lower case, without accents and punctuation ("São Paulo" and "sao-paulo", "St. Louis" and
 * "Saint Louis" are one).
 */
export const fold = (name: string): string =>
  (/^[A-Za-z ]*$/.test(name) ? name : plain(name))
    .toLowerCase()
    .trim()
    .replace(/^the /, '')
    .replace(/\bsaint\b/, 'st');

const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[øœ]/g, 'o')
    .replace(/æ/g, 'ae')
    .replace(/ł/g, 'l')
    .replace(/đ/g, 'd')
    .replace(/ı/g, 'i')
    .replace(/[.'’‘`ʻʼ]/g, '')
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ');
