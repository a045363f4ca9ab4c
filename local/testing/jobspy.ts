import { ensureJobspyPython } from '../services/jobspy-python.js';
import { startTestProgram, type TestProgram } from './test-program.js';

/** The JobSpy service on a free port, its sites answered at `sitesUrl` by the sample boards. */
export async function startTestJobspy(
  sitesUrl: string,
  settings: Record<string, string> = {},
): Promise<TestProgram> {
  await ensureJobspyPython((line) => process.stderr.write(`${line}\n`));
  return startTestProgram('jobspy', { JOBSPY_SITES_URL: sitesUrl, ...settings });
}

/** Asks for a scrape of jobs for engineers; what is given replaces parts of the request. */
export async function scrape(
  { url }: { url: string },
  query: Record<string, unknown>,
  init: { headers?: Record<string, string>; signal?: AbortSignal } = {},
) {
  const body = JSON.stringify({ searchTerm: 'engineer', resultsWanted: 10, ...query });
  const response = await fetch(`${url}/scrape`, { method: 'POST', body, ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
}
