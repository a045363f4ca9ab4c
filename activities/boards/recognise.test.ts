import { recogniseCompany } from './recognise.js';
import { boards } from './registry.js';

const companyIn = (text: string) => {
  const recognised = recogniseCompany(text);
  return 'company' in recognised ? `${recognised.company.board}/${recognised.company.token}` : recognised;
};

test.each([
  ['https://boards.greenhouse.io/gitlab', 'greenhouse/gitlab'],
  ['https://job-boards.greenhouse.io/GitLab/jobs/8503020002?gh_src=x#app', 'greenhouse/gitlab'],
  ['job-boards.eu.greenhouse.io/parloa', 'greenhouse/parloa'],
  ['https://boards.eu.greenhouse.io/parloa/', 'greenhouse/parloa'],
  ['https://boards.greenhouse.io/embed/job_board?for=Stripe&b=1', 'greenhouse/stripe'],
  ['https://boards.greenhouse.io/embed/job_app?for=stripe&token=123', 'greenhouse/stripe'],
  ['https://boards-api.greenhouse.io/v1/boards/stripe/jobs?content=true', 'greenhouse/stripe'],
  ['  HTTPS://JOBS.LEVER.CO/WeRide  ', 'lever/WeRide'],
  ['jobs.lever.co/weride/0b1c2d3e-aaaa-bbbb-cccc-000000000000/apply', 'lever/weride'],
  ['http://jobs.ashbyhq.com/Notion/1b2c?utm_source=x', 'ashby/notion'],
  ['//jobs.ashbyhq.com/notion', 'ashby/notion'],
  ['Channable.recruitee.com/o/backend-developer', 'recruitee/channable'],
  ['https://careers.smartrecruiters.com/BoschGroup', 'smartrecruiters/BoschGroup'],
  ['https://jobs.smartrecruiters.com/BoschGroup/744000098-engineer?x=1', 'smartrecruiters/BoschGroup'],
  ['https://jobs.smartrecruiters.com/oneclick-ui/company/Visa/publication/1', 'smartrecruiters/Visa'],
  ['https://apply.workable.com/HuggingFace/j/9E1A2B3C4D/', 'workable/huggingface'],
  ['huggingface.workable.com', 'workable/huggingface'],
  ['https://jobs.lever.co/a%63me', 'lever/acme'],
  ['https://jobs.lever.co.:443//acme//', 'lever/acme'],
  // The board and the name are all that is kept of it.
  ['https://user:password@jobs.lever.co:8443/acme', 'lever/acme'],
])('%s', (pasted, company) => {
  expect(companyIn(pasted)).toBe(company);
});

test.each([
  // Nothing that is an address.
  ['', /cannot be read as a web address.*boards\.greenhouse\.io\/company/],
  ['Acme Ltd', /cannot be read/],
  ['acme', /cannot be read/],
  ['javascript://jobs.lever.co/acme', /cannot be read/],
  ['https://', /cannot be read/],
  // An employer's own site, and what only looks like a board.
  [
    'https://careers.acme.example/jobs?gh_jid=12',
    /From careers\.acme\.example alone.*“Apply”.*jobs\.lever\.co/,
  ],
  ['https://jobs.lever.co@acme.example/acme', /From acme\.example alone/],
  ['https://jobs.lever.co.acme.example/acme', /From jobs\.lever\.co\.acme\.example alone/],
  ['https://notrecruitee.com', /From notrecruitee\.com alone/],
  // Machines that are not to be asked.
  ['http://127.0.0.1:3002/acme', /From 127\.0\.0\.1 alone/],
  ['http://2130706433/', /From 127\.0\.0\.1 alone/],
  ['http://169.254.169.254/latest/meta-data', /From 169\.254\.169\.254 alone/],
  ['http://[::1]/acme', /cannot be read/],
  ['http://localhost:3001/acme', /cannot be read/],
  ['file:///etc/passwd', /cannot be read/],
  // A board's, but no company's.
  [
    'https://boards.greenhouse.io/',
    /address of Greenhouse, but not of a company’s jobs.*boards\.greenhouse\.io/,
  ],
  ['https://boards.greenhouse.io/embed/job_board', /address of Greenhouse/],
  ['https://www.lever.co/pricing', /address of Lever/],
  ['https://www.recruitee.com', /address of Recruitee/],
  ['https://apply.workable.com/j/9E1A2B3C4D', /address of Workable/],
  // Looks like a company's, and is not read.
  ['https://jobs.eu.lever.co/acme', /European site .* cannot be followed yet/],
  ['https://jobs.ashbyhq.com/The%20Company', /“the company” cannot be a company’s name here/],
  ['https://jobs.lever.co/%E0%A4%A', /cannot be a company’s name here/],
  ['https://jobs.lever.co/%2e%2e%2f%2e%2e%2f', /cannot be a company’s name here/],
  ['https://jobs.lever.co/acme@127.0.0.1', /cannot be a company’s name here/],
  ['https://jobs.lever.co/acme%0d%0aHost:%20x', /cannot be a company’s name here/],
  [`https://jobs.lever.co/${'x'.repeat(200)}`, /“x{50}” cannot be/],
])('%s is refused with the reason', (pasted, problem) => {
  expect(companyIn(pasted)).toEqual({ problem: expect.stringMatching(problem) });
});

test('every company board can be followed by address, and recognises its own example', () => {
  for (const { name, kind, careers } of boards) {
    expect([name, careers !== undefined]).toEqual([name, kind === 'company']);
    if (careers) expect(companyIn(careers.address('company'))).toBe(`${name}/company`);
  }
});
