// `npm test`: sets up what the tests need, runs the checks and then the tests, and counts both. Needs nothing
// installed but Node. `npm test -- api/routes` runs those tests alone, without the checks.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { assertNode, installPackages, projectRoot } from './set-up.mjs';

assertNode();
installPackages((line) => process.stdout.write(`${line}\n`));
process.chdir(projectRoot);
const { register } = await import('tsx/esm/api');
register();
await import(pathToFileURL(join(projectRoot, 'local', 'test-main.ts')).href);
