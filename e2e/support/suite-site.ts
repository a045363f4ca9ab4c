import { type Site, startSite } from './site.js';

/**
 * The site of a suite, for its top level: started before the first test, calm and without complaint after each, stopped in the
 * end. There is nothing in it until the first test begins.
 * @param settings as `startSite` takes them.
 */
export function suiteSite(...settings: Parameters<typeof startSite>): Site {
  const site = {} as Site;
  let stop: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const started = await startSite(...settings);
    stop = started.stop;
    Object.assign(site, started);
  });
  afterAll(() => stop?.());
  afterEach(async () => {
    await site.calm();
    expect(site.complaints()).toEqual([]);
  });
  return site;
}
