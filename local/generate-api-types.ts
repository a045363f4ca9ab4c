import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';
import { buildApp } from '../api/app.js';
import { apiSettings } from '../api/config.js';

/**
 * `npm run generate:api-types`: makes the client's types from the API's own OpenAPI document. Nothing needs to run.
 * With `--check` it writes nothing, and fails when they are not current.
 */
const file = new URL('../web/app/api/schema.gen.ts', import.meta.url);

async function apiTypes(): Promise<string> {
  const app = await buildApp(
    apiSettings.parse({
      SUPABASE_URL: 'http://127.0.0.1',
      SUPABASE_ANON_KEY: 'x'.repeat(20),
      SUPABASE_JWT_SECRET: 'x'.repeat(32),
      DATABASE_URL: 'postgres://127.0.0.1',
    }),
  );
  try {
    const document = (await app.inject('/openapi.json')).json();
    return `// Made by \`npm run generate:api-types\` from the API's OpenAPI document.\n${astToString(await openapiTS(document))}`;
  } finally {
    await app.close();
  }
}

const types = await apiTypes();
if (!process.argv.includes('--check')) {
  await writeFile(file, types);
} else if ((await readFile(file, 'utf8')) !== types) {
  process.stderr.write('web/app/api/schema.gen.ts is not current: run `npm run generate:api-types`\n');
  process.exitCode = 1;
}
