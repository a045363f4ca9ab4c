import { spawnSync } from 'node:child_process';
import { projectRoot } from '../services/project-root.js';

/** Installs packages of the system where that can be done: as root, with apt. */
export function installSystemPackages(names: string[], say: (line: string) => void): void {
  if (process.getuid?.() !== 0 || !succeeds('apt-get', ['--version'])) return;
  say(`Installing the system's ${names.join(' and ')}`);
  const quiet = ['-qq', '-o', 'Dpkg::Use-Pty=0'];
  succeeds('apt-get', [...quiet, 'update'], 'inherit');
  succeeds('apt-get', [...quiet, 'install', '-y', '--no-install-recommends', ...names], 'inherit');
}

export function succeeds(program: string, args: string[], output: 'inherit' | 'ignore' = 'ignore'): boolean {
  const { status } = spawnSync(program, args, {
    cwd: projectRoot,
    stdio: ['ignore', output, output],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}
