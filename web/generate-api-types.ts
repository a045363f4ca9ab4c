import { writeFile } from 'node:fs/promises';
import { apiTypes } from './api-types.js';

await writeFile(new URL('./app/api/schema.gen.ts', import.meta.url), await apiTypes());
