/** Names that the runtime's list still has, and what these places are called today. */
const renamed: Record<string, string> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Godthab': 'America/Nuuk',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
};

/** Every time zone that can be chosen, by its name. */
export const timeZones = [
  'UTC',
  ...Intl.supportedValuesOf('timeZone')
    .map((zone) => renamed[zone] ?? zone)
    .filter((zone, index, all) => zone !== 'UTC' && all.indexOf(zone) === index)
    .sort(),
];
