import type { Industry } from './families/index.js';

/** What tells one sample employer from another. */
export type Row = [token: string, name: string, industry: Industry, countries: string, about: string];

const us = 'United States';
const uk = 'United Kingdom';
const de = 'Germany';

export const greenhouse: Row[] = [
  [
    'northwindlabs',
    'Northwind Labs',
    'software',
    `${us}, ${uk}, ${de}`,
    'builds developer tools used by forty thousand teams',
  ],
  [
    'harborpay',
    'Harbor Pay',
    'finance',
    `${us}, Ireland, Singapore`,
    'moves money for marketplaces in sixty countries',
  ],
  [
    'cinderworks',
    'Cinderworks',
    'software',
    `${us}, Canada`,
    'makes observability affordable for small teams',
  ],
  ['meridianhealth', 'Meridian Health', 'health', us, 'runs eleven hospitals and ninety clinics'],
  [
    'tallgrass',
    'Tallgrass Energy Systems',
    'making',
    `${us}, ${de}`,
    'builds batteries that hold a neighbourhood through the night',
  ],
  [
    'lumenkart',
    'Lumenkart',
    'retail',
    `${uk}, Poland, Spain`,
    'delivers groceries in under an hour, at a profit',
  ],
  ['oakandiron', 'Oak & Iron', 'retail', us, 'sells tools to people who mend things'],
  ['fernbankmedia', 'Fernbank Media', 'agency', `${uk}, France`, 'tells the stories of public institutions'],
  ['quillstack', 'Quillstack', 'software', `${us}, India`, 'gives support teams one place to answer from'],
  [
    'bluepeak',
    'Bluepeak Analytics',
    'software',
    `${de}, Netherlands, ${us}`,
    'shows manufacturers where their energy goes',
  ],
  [
    'vertexbio',
    'Vertex Bioworks',
    'health',
    `Switzerland, ${us}`,
    'develops tests that find sepsis hours earlier',
  ],
  [
    'saltmarsh',
    'Saltmarsh Insurance',
    'finance',
    `${uk}, ${us}`,
    'insures small shops and the people behind them',
  ],
  [
    'wayfinderedu',
    'Wayfinder Education',
    'learning',
    `${us}, Canada, ${uk}`,
    'teaches mathematics to two million children',
  ],
  [
    'pinecrest',
    'Pinecrest Robotics',
    'making',
    `${us}, ${de}, Sweden`,
    'makes warehouse robots that apologise',
  ],
  [
    'stonebridge',
    'Stonebridge Capital',
    'finance',
    `${us}, Singapore, ${uk}`,
    'invests pensions for the long run',
  ],
  ['copperleaf', 'Copperleaf Travel', 'software', `Australia, Singapore, ${uk}`, 'plans journeys by train'],
  [
    'ridgeline',
    'Ridgeline Security',
    'software',
    `${us}, Ireland`,
    'watches over identity in large companies',
  ],
];

export const lever: Row[] = [
  [
    'brightwater',
    'Brightwater',
    'software',
    `${us}, ${uk}`,
    'keeps drinking water safe with sensors and software',
  ],
  ['Tessellate', 'Tessellate', 'software', `${us}, France`, 'makes maps for autonomous machines'],
  [
    'kestrelbank',
    'Kestrel Bank',
    'finance',
    `${uk}, Poland`,
    'is a bank without branches and with a telephone',
  ],
  ['arborcare', 'Arbor Care', 'health', uk, 'cares for people in their own homes'],
  ['moonlitgames', 'Moonlit Games', 'software', `Sweden, ${de}, Canada`, 'makes quiet games with loud fans'],
  ['gridpoint-ai', 'Gridpoint AI', 'software', `${us}, India, ${uk}`, 'forecasts demand for power grids'],
  [
    'sunharvest',
    'Sunharvest Foods',
    'retail',
    `Spain, Portugal, ${de}`,
    'brings fruit from field to shop in two days',
  ],
  [
    'larkspur',
    'Larkspur Studio',
    'agency',
    `Netherlands, ${uk}`,
    'designs brands and the things they are printed on',
  ],
  [
    'halcyonfreight',
    'Halcyon Freight',
    'retail',
    `Netherlands, Poland, ${us}`,
    'books space on ships and trains',
  ],
  ['WrenHealth', 'Wren Health', 'health', `${us}, Canada`, 'offers a doctor within the hour'],
  [
    'obsidiandata',
    'Obsidian Data',
    'software',
    `${us}, Ireland, India`,
    'builds a warehouse that bills by the question',
  ],
  ['juniperlegal', 'Juniper Legal', 'finance', `${uk}, ${us}`, 'writes contracts that people can read'],
  [
    'foundryone',
    'Foundry One',
    'making',
    `${de}, ${us}`,
    'prints spare parts for machines older than we are',
  ],
  ['peregrinemobility', 'Peregrine Mobility', 'making', `${de}, France`, 'builds cargo bikes for cities'],
  ['opencampus', 'Open Campus', 'learning', `${uk}, India`, 'brings university courses to people at work'],
  ['maplecove', 'Maple Cove', 'software', 'Canada', 'runs booking software for dentists'],
];

export const ashby: Row[] = [
  ['driftwood', 'Driftwood', 'software', `${us}, ${uk}`, 'is building a calm place for teams to write'],
  [
    'loopline',
    'Loopline',
    'software',
    `${us}, ${de}`,
    'records what happened in a meeting so that nobody has to',
  ],
  ['sparrow', 'Sparrow', 'finance', `${us}, Brazil`, 'pays freelancers on the day they finish'],
  [
    'tidepool-systems',
    'Tidepool Systems',
    'software',
    `${us}, Netherlands`,
    'hosts databases close to the people who ask them',
  ],
  [
    'nimbusworks',
    'Nimbusworks',
    'software',
    `${de}, ${uk}`,
    'runs workflows that never forget where they were',
  ],
  ['pollenlabs', 'Pollen Labs', 'health', `${us}, Switzerland`, 'predicts allergies street by street'],
  [
    'kindling',
    'Kindling',
    'learning',
    `${us}, ${uk}`,
    'teaches reading with stories children write themselves',
  ],
  [
    'fathom-robotics',
    'Fathom Robotics',
    'making',
    `${us}, Ireland`,
    'inspects harbours with small submarines',
  ],
  ['basalt', 'Basalt', 'software', `${us}, India`, 'secures the supply chain of open source'],
  ['cloverfield', 'Cloverfield', 'finance', `Australia, ${uk}`, 'lends to farms by the season'],
  ['umbra', 'Umbra Security', 'software', `France, ${de}`, 'tests the defences of hospitals'],
  ['orchardhr', 'Orchard HR', 'software', `Spain, ${de}, ${uk}`, 'does payroll in nineteen countries'],
  [
    'marblearch',
    'Marble Arch Ventures',
    'finance',
    `${uk}, Singapore`,
    'backs founders before they have a name',
  ],
  ['zephyrair', 'Zephyr Air', 'making', `${us}, France`, 'builds quiet aircraft for short hops'],
  ['papertrail', 'Papertrail Legal', 'software', us, 'finds the clause that matters'],
  ['glasshouse', 'Glasshouse', 'agency', `${us}, ${uk}`, 'makes products with founders, by the week'],
];

/** German employers that advertise on a feed alone. */
export const germanEmployers: Row[] = [
  ['', 'Berger & Lang GmbH', 'making', de, 'baut Pumpen für Kläranlagen in aller Welt'],
  ['', 'Elbkontor Digital GmbH', 'software', de, 'digitalisiert Reedereien und ihre Häfen'],
  ['', 'Klinikum Isarblick', 'health', de, 'versorgt den Münchner Süden seit 1956'],
  [
    '',
    'Rheinblick Logistik AG',
    'retail',
    `${de}, Netherlands`,
    'bringt Pakete auch dorthin, wo die Straße endet',
  ],
  ['', 'Stadtwerk Nord', 'making', de, 'versorgt eine halbe Million Menschen mit Strom und Wärme'],
  ['', 'Alpenfuchs Outdoor GmbH', 'retail', `${de}, Austria`, 'macht Kleidung für Regen'],
  ['', 'Spreewerk Studios', 'agency', de, 'gestaltet Ausstellungen und alles, was darin leuchtet'],
  ['', 'Lernhafen', 'learning', `${de}, Austria`, 'gibt Nachhilfe, die Spaß macht'],
  ['', 'Donau Versicherungsdienste', 'finance', `Austria, ${de}`, 'versichert Handwerksbetriebe'],
  ['', 'Hafenkante Software GmbH', 'software', de, 'plant die Schichten der Binnenschifffahrt'],
];

/** Employers without an office, and without a board of their own. */
export const remoteEmployers: Row[] = [
  ['', 'Everywhere Co', 'software', us, 'has had no office since 2014 and makes time zones bearable'],
  ['', 'Remotely Yours', 'agency', uk, 'is a studio of thirty people in thirty towns'],
  ['', 'Tern Support', 'software', us, 'answers the mail of two hundred small companies'],
  ['', 'Halfmoon Translations', 'agency', `Spain, ${uk}`, 'translates software and what is said about it'],
  ['', 'Pebble Accounting', 'finance', `Canada, ${us}`, 'keeps the books of creators'],
  ['', 'Kite Telehealth', 'health', us, 'brings nurses to the telephone'],
];
