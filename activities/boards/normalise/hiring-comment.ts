import type { Posting } from '../../../domain/posting.js';
import { employmentType } from './employment.js';
import { description } from './html.js';
import { places, workModeIn } from './places.js';
import { salaryIn } from './salary-text.js';

type Said = Pick<Posting, 'company' | 'locations' | 'workMode' | 'employmentType' | 'salary'> & {
  /** At least one. */
  roles: string[];
};

const maxRoles = 10;
/** Of a comment's first line; what is longer was written by somebody who forgot the line break. */
const maxHeader = 2_000;

/** What a job is called by. */
const titleWord =
  '(?:engineer|developer|programmer|designer|manager|scientist|analyst|architect|administrator|director|lead|' +
  'founder|intern|writer|researcher|recruiter|consultant|specialist|advocate|technician|accountant|executive|' +
  'representative|strategist|coordinator|editor|producer|nurse|teacher|swe|sre|pm|cto|devops|qa)s?';
const hasTitleWord = new RegExp(
  `\\b(?:${titleWord}|roles?|positions?|openings?|full[- ]?stack|front[- ]?end|back[- ]?end|founding|head of)\\b`,
  'i',
);
/** "Senior Engineer", "Engineers (Rust)", "Engineer II" */
const endsWithTitle = new RegExp(`\\b${titleWord}(?: [IV]+)?(?: \\([^)]*\\))?$`, 'i');

const address =
  /^(?:https?:\/\/|www\.)|^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|io|ai|co|org|net|dev|app|tech)\b\/?\S*$/i;
const pay = /[$€£₹¥]\s?\d|\d\s?k\b|\d.*\b(?:USD|EUR|GBP|CHF|CAD|AUD)\b/i;
/** Said of a job, and no place. */
const remark =
  /\b(?:visas?|required|equity|bonus|sponsor\w*|salary|competitive|benefits|hiring|urgent|seed|series [a-f]|yc|hours|time ?zones?)\b/i;
const workModeWords =
  /\b(?:remote|on-?site|hybrid|in[- ](?:office|person)|anywhere|only|ok|okay|friendly|possible|preferred|optional|available|first|fully|or|and)\b|100%|[^\p{L}]/giu;

const atAnOffice = /^(?:on-?site|hybrid|in[- ](?:office|person))\s*(?:\(|in |[-–:,]\s*)(.+?)\)?$/i;

/**
 * Reads a comment of "Who is hiring?". By convention its first line is `Company | Role, Role | Place | REMOTE |
 * Pay | address`; only the company's place in it is kept to by everybody, so that the rest is told by what it looks
 * like. `undefined` when there is no such line: then the comment is no posting.
 */
export function readHiringComment(html: string): Said | undefined {
  const [header = ''] = html.split(/<p>|\n/i, 1);
  const [first = '', ...others] = description(header.slice(0, maxHeader))
    .descriptionText.split('|')
    .map((part) => part.trim())
    .filter(Boolean);
  const company = first.replace(/\((?:https?:|www\.|yc\b)[^)]*\)|https?:\/\/\S+/gi, '').trim();
  const parts = others.filter((part) => !address.test(part));
  if (company === '' || parts.length === 0) return undefined;

  const paid = parts.find((part) => pay.test(part));
  const employed = parts.map((part) => employmentType(...part.split(/[,/&]|\bor\b/))).find(Boolean);
  const open = parts.filter((part) => part !== paid && !employmentType(...part.split(/[,/&]|\bor\b/)));
  const titled = open.filter((part) => hasTitleWord.test(part));
  const rest = open.filter((part) => !titled.includes(part) && !remark.test(part));
  const plain = rest.filter((part) => workModeIn(part) === 'unknown');
  // Nothing sounds like a job: where two parts are left, the first is the job and the second the place.
  const unheard = titled.length === 0 && plain.length > 1 ? plain.slice(0, 1) : titled;
  const place = plain.filter((part) => !unheard.includes(part)).slice(0, 1);
  return {
    company,
    roles: unheard.length > 0 ? unheard.flatMap(rolesIn).slice(0, maxRoles) : ['Various roles'],
    locations: places([...place, ...rest.filter((part) => !plain.includes(part))].flatMap(placesNamed)),
    workMode: workModeIn(...parts),
    employmentType: employed,
    salary: salaryIn(paid),
  };
}

/** "Platform & DevOps Engineer, Designer" is two jobs: a list is one only where each item ends like a title. */
function rolesIn(part: string): string[] {
  for (const separator of [/\s*[,;]\s*|\s+(?:and|&|\+|\/)\s+/i, /\s*[,;]\s*/]) {
    const items = part.split(separator);
    if (items.every((item) => endsWithTitle.test(item))) return [...new Set(items)];
  }
  return [part];
}

/** "NYC or Remote (US)", "Onsite in London": each place, and none where the words speak of the work mode alone. */
const placesNamed = (part: string) =>
  part
    .split(/;|\bor\b|\s[/&]\s/i)
    .filter((name) => name.replace(workModeWords, '') !== '')
    .map((name) => atAnOffice.exec(name.trim())?.[1] ?? name);
