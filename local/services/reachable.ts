import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * Started by root, Postgres runs as another user, who may not enter every folder that root may (`/root`, or a clone
 * in a private temporary folder). What Postgres needs then stands here, in a folder that everybody may enter.
 */
const openPlace = '/var/tmp/searching-the-fox';

const isRoot = () => process.getuid?.() === 0;

/** The first folder above the path that not everybody may enter. */
export function closedParent(path: string): string | undefined {
  for (let parent = dirname(resolve(path)); parent !== dirname(parent); parent = dirname(parent)) {
    if (existsSync(parent) && (statSync(parent).mode & 0o001) === 0) return parent;
  }
  return undefined;
}

/** The path itself where Postgres can get at it, else one of its own in the open place. */
export function reachablePath(path: string): string {
  if (!isRoot() || closedParent(path) === undefined) return path;
  const name = createHash('sha256').update(resolve(path)).digest('hex').slice(0, 16);
  return join(ownOpenPlace(), name, basename(path));
}

/** The folder itself where Postgres can get at it, else a copy, made once for each name. */
export function reachableCopy(folder: string, name: string): string {
  if (!isRoot() || closedParent(folder) === undefined) return folder;
  const copy = join(ownOpenPlace(), name);
  if (existsSync(copy)) return copy;
  const fresh = `${copy}.${process.pid}`;
  cpSync(folder, fresh, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(fresh, copy);
  } catch (error) {
    // Another start was quicker.
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

/** @throws Error when somebody else made the place: what stands there would be run. */
function ownOpenPlace(): string {
  mkdirSync(openPlace, { recursive: true, mode: 0o755 });
  const { uid, mode } = statSync(openPlace);
  if (uid !== 0 || (mode & 0o022) !== 0) throw new Error(`${openPlace} is not root's alone: remove it.`);
  return openPlace;
}
