// What `npm start` and `npm test` do before anything of node_modules can be used. Only Node's own modules here.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));
const oldestNode = [20, 12];

export function assertNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  process.stderr.write(
    `Searching The Fox needs Node ${oldestNode.join('.')} or newer; this is ${process.version}.\n`,
  );
  process.exit(1);
}

/** True when every package of package-lock.json is there in its version. npm notes what it installed. */
function packagesAreCurrent() {
  const read = (file) => JSON.parse(readFileSync(join(projectRoot, file), 'utf8')).packages;
  const noted = join('node_modules', '.package-lock.json');
  if (!existsSync(join(projectRoot, noted))) return false;
  const installed = read(noted);
  return Object.entries(read('package-lock.json')).every(
    // Optional packages are left out where the platform is not theirs.
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  );
}

/** Installs the packages when they are missing or are not those of package-lock.json. */
export function installPackages(say) {
  if (packagesAreCurrent()) return;
  say('Installing the packages (npm ci)');
  const installed = spawnSync(
    'npm',
    ['ci', '--no-audit', '--no-fund', '--include=dev', '--include=optional'],
    {
      cwd: projectRoot,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    },
  );
  if (installed.status === 0) return;
  process.stderr.write('The packages could not be installed; npm says why above.\n');
  process.exit(1);
}
