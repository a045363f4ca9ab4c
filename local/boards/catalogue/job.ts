import type { SampleCompany } from './companies.js';
import { familiesByIndustry, type JobFamily } from './families/index.js';
import { type Place, placeIn, places, remoteRegions } from './places.js';
import { randomFor } from './random.js';

/** What boards get wrong: planted now and then, so that whoever reads them has to cope. */
export type Flaw = 'script' | 'half_characters' | 'absurd_pay' | 'impossible_date';

/** A job of the sample catalogue, before any board spells it its own way. */
export interface SampleJob {
  /** Unique and rising with time: boards make their ids of it. */
  number: number;
  uuid: string;
  company: SampleCompany;
  family: JobFamily;
  title: string;
  level: string;
  skills: string[];
  workMode: 'remote' | 'hybrid' | 'onsite';
  /** Empty for a remote job. */
  places: Place[];
  /** Set for a remote job: "USA", "Europe". */
  region?: string;
  employmentType: 'full_time' | 'part_time' | 'contract' | 'temporary' | 'internship';
  pay?: { min: number; max: number; currency: string; period: 'year' | 'hour' };
  postedAt: number;
  closesAt: number;
  flaw?: Flaw;
}

const levels = [
  { value: { name: '', pay: 1 }, weight: 44 },
  { value: { name: 'Senior', pay: 1.3 }, weight: 28 },
  { value: { name: 'Junior', pay: 0.72 }, weight: 10 },
  { value: { name: 'Lead', pay: 1.45 }, weight: 8 },
  { value: { name: 'Staff', pay: 1.55 }, weight: 6 },
  { value: { name: 'Principal', pay: 1.75 }, weight: 4 },
];
const levelInTitle = /^(Senior|Junior|Lead|Staff|Principal|Founding)\b|\bLead\b|\bManager\b|\bMaster\b/;

/** Makes the job of a number, the same one each time. */
export function makeJob(options: {
  seed: number;
  number: number;
  company: SampleCompany;
  postedAt: number;
  closesAt: number;
}): SampleJob {
  const { seed, number, company, postedAt, closesAt } = options;
  const random = randomFor(seed, `job/${number}`);
  const family = random.helpers.weightedArrayElement<JobFamily>(familiesByIndustry[company.industry]);
  const [base, ...promised] = random.helpers.arrayElement(family.titles);
  const mayBeLevelled = family.levelled && !levelInTitle.test(base);
  const level = mayBeLevelled ? random.helpers.weightedArrayElement(levels) : { name: '', pay: 1 };
  const internship = mayBeLevelled && level.name === '' && random.datatype.boolean(0.04);
  const where = placeJob(random, company, family);
  const inGerman = company.language === 'de' || (where.country === 'Germany' && random.datatype.boolean(0.3));
  const plainTitle = [internship ? 'Intern,' : level.name, base].filter(Boolean).join(' ');
  const skills = [
    ...new Set([
      ...promised,
      ...random.helpers.arrayElements(family.skills, random.number.int({ min: 2, max: 4 })),
    ]),
  ];

  return {
    number,
    uuid: random.string.uuid(),
    company,
    family,
    title: inGerman ? `${plainTitle} (m/w/d)` : plainTitle,
    level: level.name,
    skills,
    workMode: where.workMode,
    places: where.places,
    ...(where.region && { region: where.region }),
    employmentType: internship
      ? 'internship'
      : random.helpers.weightedArrayElement([
          { value: 'full_time' as const, weight: 88 },
          { value: 'part_time' as const, weight: family.levelled ? 2 : 12 },
          { value: 'contract' as const, weight: 6 },
          { value: 'temporary' as const, weight: 2 },
        ]),
    pay: random.datatype.boolean(0.55)
      ? payFor(random, family, level.pay, placeIn(where.country))
      : undefined,
    postedAt,
    closesAt,
    flaw: random.datatype.boolean(0.03)
      ? random.helpers.arrayElement<Flaw>(['script', 'half_characters', 'absurd_pay', 'impossible_date'])
      : undefined,
  };
}

type Random = ReturnType<typeof randomFor>;
type Whereabouts = Pick<SampleJob, 'workMode' | 'places' | 'region'> & { country: string };

function placeJob(random: Random, company: SampleCompany, family: JobFamily): Whereabouts {
  const chance = random.number.float();
  const country = random.helpers.weightedArrayElement(
    company.countries.map((value, index) => ({ value, weight: index === 0 ? 3 : 1 })),
  );
  const remoteShare = { only: 1, gladly: family.remote, rarely: family.remote / 5 }[company.remote];
  if (chance < remoteShare) {
    const fitting = remoteRegions.filter(
      ({ name, payCountry }) => name === 'Worldwide' || company.countries.includes(payCountry),
    );
    const region = random.helpers.arrayElement(fitting);
    return { workMode: 'remote', places: [], region: region.name, country: region.payCountry };
  }
  const cities = places.filter((place) => place.country === country);
  const count = random.helpers.weightedArrayElement([
    { value: 1, weight: 85 },
    { value: 2, weight: 12 },
    { value: 3, weight: 3 },
  ]);
  const workMode = chance < remoteShare + family.hybrid ? 'hybrid' : 'onsite';
  return { workMode, places: random.helpers.arrayElements(cities, Math.min(count, cities.length)), country };
}

/** Where the pay of a kind of work is said by the hour. */
const paidByTheHour = new Set(['care', 'operations', 'teaching', 'support']);

function payFor(random: Random, family: JobFamily, level: number, place: Place): SampleJob['pay'] {
  const [from, to] = family.yearlyPay;
  const middle = random.number.float({ min: from, max: to }) * level * place.payFactor;
  const width = random.number.float({ min: 0.06, max: 0.2 });
  const byTheHour = paidByTheHour.has(family.name) && place.iso2 === 'US' && random.datatype.boolean(0.5);
  const amounts = [middle * (1 - width), middle * (1 + width)];
  if (byTheHour) {
    const [min = 0, max = 0] = amounts.map((amount) => Math.round((amount / 2_080) * 2) / 2);
    return { min, max, currency: place.currency, period: 'hour' };
  }
  const step = middle > 500_000 ? 10_000 : 1_000;
  const [min = 0, max = 0] = amounts.map((amount) => Math.round(amount / step) * step);
  return { min, max, currency: place.currency, period: 'year' };
}
