import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closedParent, reachablePath } from './reachable.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reachable-'));
  await mkdir(join(folder, 'inner'), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a folder that only its owner may enter is found, however deep the path', async () => {
  await chmod(folder, 0o700);
  expect(closedParent(join(folder, 'inner', 'postgres'))).toBe(folder);
  await chmod(folder, 0o755);
  expect(closedParent(join(folder, 'inner', 'postgres'))).not.toBe(folder);
});

test('what everybody may enter stays where it is', async () => {
  await chmod(folder, 0o755);
  const path = join(folder, 'inner', 'postgres');
  if (closedParent(path) === undefined) expect(reachablePath(path)).toBe(path);
  else expect(closedParent(path)).not.toBe(folder);
});

test('for root, what stands in a closed folder gets a place of its own, always the same', async () => {
  await chmod(folder, 0o700);
  const path = join(folder, 'inner', 'postgres');
  const place = reachablePath(path);
  if (process.getuid?.() === 0) expect(closedParent(place)).toBeUndefined();
  else expect(place).toBe(path);
  expect(reachablePath(path)).toBe(place);
});
