import { launch } from '../../local/services/process.js';

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
 * Looks at pages with Lighthouse, each in a browser of its own with nothing in its cache.
 * @returns what it says of each, in their order.
 * @throws Error when a page is not seen, or another one in its place.
 */
export async function auditPages(pages: readonly AuditedPage[]): Promise<PageAudit[]> {
  const reports: Report[] = [];
  const audits = launch(
    {
      name: 'Lighthouse',
      args: ['--import', 'tsx', 'e2e/support/lighthouse-main.ts'],
      env: {
        AUDITED_PAGES: JSON.stringify(pages),
        ...(process.env.CHROMIUM_PATH && { CHROMIUM_PATH: process.env.CHROMIUM_PATH }),
        ...(process.env.CHROME_PATH && { CHROME_PATH: process.env.CHROME_PATH }),
      },
    },
    { onMessage: (message) => reports.push((message as { report: Report }).report) },
  );
  try {
    const { code } = await audits.exited;
    if (code !== 0) throw new Error(`Lighthouse failed:\n${audits.output()}`);
  } finally {
    await audits.stop();
  }
  return pages.map(({ url, categories }, index) => {
    const report = reports[index];
    if (!report) throw new Error(`${url} was not audited:\n${audits.output()}`);
    return read(report, url, categories);
  });
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
