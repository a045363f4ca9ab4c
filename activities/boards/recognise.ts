import { type BoardName, companyTokenSchema } from '../../domain/board.js';
import type { Careers } from './board.js';
import { boards } from './registry.js';

/** A company's own board, or why none could be told from what somebody pasted: a sentence to show to them. */
export type Recognised = { company: { board: BoardName; token: string } } | { problem: string };

const withCareers = boards.flatMap(({ label, name, careers }) => (careers ? [{ label, name, careers }] : []));

const list = new Intl.ListFormat('en', { type: 'disjunction' });
const exampleOf = (careers: Careers) => careers.address('company');
/** Enough to know the like of them by. */
const examples = list.format(withCareers.slice(0, 3).map(({ careers }) => exampleOf(careers)));

/**
 * The company whose jobs an address shows, with or without `https://`, of its whole list or of one of its jobs. Calls
 * nobody: whether the company is there is for the board to say.
 */
export function recogniseCompany(text: string): Recognised {
  const url = toUrl(text);
  if (!url) {
    return { problem: `This cannot be read as a web address. Paste the address alone, like ${examples}.` };
  }
  for (const { name, careers } of withCareers) {
    const token = careers.recognise(url);
    if (token !== undefined) return recognised({ name, careers }, token);
  }
  const { hostname } = url;
  const board = withCareers.find(({ careers }) => isOf(hostname, domainOf(exampleOf(careers))));
  if (!board) {
    return {
      problem:
        `From ${hostname} alone it cannot be told on which job board this company keeps its jobs. ` +
        `Open one of its jobs, or its “Apply” button, and look for an address like ${examples}.`,
    };
  }
  const { label, careers } = board;
  return {
    problem:
      careers.refuse?.(url) ??
      `This is an address of ${label}, but not of a company’s jobs. Those look like ${exampleOf(careers)}.`,
  };
}

function recognised({ name, careers }: { name: BoardName; careers: Careers }, token: string) {
  return companyTokenSchema.safeParse(token).success
    ? { company: { board: name, token } }
    : {
        problem: `“${token.slice(0, 50)}” cannot be a company’s name here. Addresses look like ${exampleOf(careers)}.`,
      };
}

function toUrl(text: string): URL | undefined {
  const pasted = text.trim().replace(/^\/\//, '');
  if (/\s/.test(pasted)) return undefined;
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(pasted) ? pasted : `https://${pasted}`;
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  // A host may end with a dot.
  url.hostname = url.hostname.replace(/\.$/, '');
  return /^https?:$/.test(url.protocol) && url.hostname.includes('.') ? url : undefined;
}

const domainOf = (example: string) => example.split('/', 1)[0]?.split('.').slice(-2).join('.') ?? '';
const isOf = (host: string, domain: string) => host === domain || host.endsWith(`.${domain}`);
