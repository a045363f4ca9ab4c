import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inProject } from '../../local/services/project-root.js';
import { chromiumArgs, chromiumPath } from '../../local/testing/browser.js';

export const everyCategory = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
export type Category = (typeof everyCategory)[number];

/** Lighthouse's own two: a phone on a slow network, and a computer. */
export type FormFactor = 'mobile' | 'desktop';

export interface AuditedPage {
  url: string;
  /** As the browser would send it; without it the page is seen signed out. */
  cookie?: string;
  formFactor?: FormFactor;
  categories: readonly Category[];
}

export interface PageAudit {
  /** From 0 to 100. */
  scores: Partial<Record<Category, number>>;
  /** What kept a score from 100: category, audit and what it says. */
  faults: string[];
}

/** Of Lighthouse's report, what is read here. */
interface Report {
  finalDisplayedUrl: string;
  runtimeError?: { message: string };
  categories: Record<
    string,
    { score: number | null; auditRefs: { id: string; weight: number }[] } | undefined
  >;
  audits: Record<
    string,
    {
      score: number | null;
      title: string;
      displayValue?: string;
      details?: { items?: { node?: { snippet?: string } }[] };
    }
  >;
}

/**
 * Looks at a page with Lighthouse's command, in a browser of its own with nothing in its cache.
 * @throws Error when the page is not seen, or another one in its place.
 */
export async function auditPage({
  url,
  cookie,
  formFactor = 'mobile',
  categories,
}: AuditedPage): Promise<PageAudit> {
  const folder = await mkdtemp(join(tmpdir(), 'lighthouse-'));
  try {
    const headersFile = join(folder, 'headers.json');
    if (cookie) await writeFile(headersFile, JSON.stringify({ Cookie: cookie }), { mode: 0o600 });
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        inProject('node_modules/lighthouse/cli/index.js'),
        url,
        ...['--quiet', '--output=json', '--output-path=stdout', '--no-enable-error-reporting'],
        `--only-categories=${categories.join(',')}`,
        `--chrome-flags=${['--headless=new', ...chromiumArgs].join(' ')}`,
        ...(formFactor === 'desktop' ? ['--preset=desktop'] : []),
        ...(cookie ? [`--extra-headers=${headersFile}`] : []),
      ],
      {
        maxBuffer: 256 * 1024 * 1024,
        // Where there is none of the system's, Lighthouse looks for one itself.
        env: { ...process.env, ...(chromiumPath() && { CHROME_PATH: chromiumPath() }) },
      },
    );
    return read(JSON.parse(stdout) as Report, url, categories);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function read(report: Report, url: string, categories: readonly Category[]): PageAudit {
  if (report.runtimeError) throw new Error(`${url} was not seen: ${report.runtimeError.message}`);
  if (report.finalDisplayedUrl !== url)
    throw new Error(`${url} led to ${report.finalDisplayedUrl}, which was seen in its place`);
  const scores: PageAudit['scores'] = {};
  const faults: string[] = [];
  for (const category of categories) {
    const { score = null, auditRefs = [] } = report.categories[category] ?? {};
    if (score === null) throw new Error(`${url} has no score of ${category}`);
    scores[category] = Math.round(score * 100);
    for (const { id, weight } of auditRefs) {
      const audit = report.audits[id];
      if (weight === 0 || !audit || audit.score === null || audit.score === 1) continue;
      const where = (audit.details?.items ?? []).flatMap(({ node }) => node?.snippet ?? []).join(' ');
      const told = [audit.title, audit.displayValue, where].filter(Boolean).join(' ');
      faults.push(`${category}: ${id} ${Math.round(audit.score * 100)}: ${told}`);
    }
  }
  return { scores, faults };
}
