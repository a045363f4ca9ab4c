/** What boards write for a country beside its English name. */
const alsoKnownAs: Record<string, string> = {
  us: 'US',
  usa: 'US',
  'u.s.': 'US',
  'u.s.a.': 'US',
  'united states of america': 'US',
  uk: 'GB',
  'u.k.': 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  uae: 'AE',
  'czech republic': 'CZ',
  'south korea': 'KR',
  'korea, republic of': 'KR',
  turkey: 'TR',
  'russian federation': 'RU',
  deutschland: 'DE',
  österreich: 'AT',
  schweiz: 'CH',
  'the netherlands': 'NL',
  'viet nam': 'VN',
};

/** Also a state of the USA: the name alone does not say which. */
const ambiguous = new Set(['georgia']);

const codeByName = countryCodes();

/** ISO 3166-1 alpha-2 of a country's English name or usual short form; `undefined` for anything else. */
export function countryCode(name: string): string | undefined {
  const key = name.trim().toLowerCase();
  return ambiguous.has(key) ? undefined : (alsoKnownAs[key] ?? codeByName.get(key));
}

/** The country that all of a posting's places name at their end ("Berlin, Germany"), if they agree. */
export function countryOf(locations: readonly string[]): string | undefined {
  const codes = new Set(locations.map((place) => countryCode(place.split(',').at(-1) ?? '')));
  return codes.size === 1 ? [...codes][0] : undefined;
}

/** Names by the runtime's own CLDR data; withdrawn codes (DD, SU) give way to those that replaced them. */
function countryCodes(): Map<string, string> {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const notCountries = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ']);
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = new Map<string, string>();
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const name = names.of(code);
    const current = new Intl.Locale(`und-${code}`).region;
    if (name && current === code && !notCountries.has(code)) codes.set(name.toLowerCase(), code);
  }
  return codes;
}
