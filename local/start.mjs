// `npm start`: needs nothing installed but Node. Installs the packages when they are missing or old, then starts the
// whole service (main.ts).

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { assertNode, installPackages, projectRoot } from './set-up.mjs';

assertNode();
installPackages((line) => process.stdout.write(`${line}\n`));
process.chdir(projectRoot);
const { register } = await import('tsx/esm/api');
register();
await import(pathToFileURL(join(projectRoot, 'local', 'main.ts')).href);
