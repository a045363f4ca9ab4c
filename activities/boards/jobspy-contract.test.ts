import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { scrapeRequest, scrapeResponse } from './jobspy-contract.js';

test.each([
  ['scrape-request', scrapeRequest],
  ['scrape-response', scrapeResponse],
])('jobspy-service/contract/%s.schema.json says the same', (name, schema) => {
  const file = join(__dirname, `../../jobspy-service/contract/${name}.schema.json`);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(z.toJSONSchema(schema));
});
