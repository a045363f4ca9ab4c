import openapiTS, { astToString } from 'openapi-typescript';
import { buildApp } from '../api/app.js';
import { apiSettings } from '../api/config.js';

/** The client's types, made from the API's own OpenAPI document. Needs nothing running. */
export async function apiTypes(): Promise<string> {
  const settings = apiSettings.parse({
    SUPABASE_URL: 'http://127.0.0.1',
    SUPABASE_ANON_KEY: 'x'.repeat(20),
    SUPABASE_JWT_SECRET: 'x'.repeat(32),
    DATABASE_URL: 'postgres://127.0.0.1',
  });
  const app = await buildApp(settings);
  try {
    const document = (await app.inject('/openapi.json')).json();
    return `// Made by \`npm run generate:api-types\` from the API's OpenAPI document.\n${astToString(await openapiTS(document))}`;
  } finally {
    await app.close();
  }
}
