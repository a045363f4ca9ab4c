import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

test('the types of the API’s client are those of the API as it is', async () => {
  const script = join(__dirname, 'generate-api-types.ts');
  await promisify(execFile)(process.execPath, ['--import', 'tsx', script, '--check']);
});
