import { say } from '../observability/standard-output.js';
import { buildWhenChanged } from './build.js';

/** `npm run build`: the website, the workflows' bundle, the worker and the API, where their sources changed. */
try {
  const built = await buildWhenChanged();
  say(built.length > 0 ? `Built ${built.join(', ')}.` : 'Everything is built already.');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
