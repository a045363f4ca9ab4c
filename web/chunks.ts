import { readFileSync } from 'node:fs';
import type { Plugin, Rollup } from 'vite';

/** The first page, and what is around every other. */
const firstPage = /\/web\/app\/(entry\.client|root|routes\/home\/route)\.tsx/;

/**
 * What the first page needs comes as two files, of others and our own: many small ones compress worse, and each is
 * asked for by itself. Theirs stay in a browser's cache when ours have changed.
 * For Rollup's `manualChunks`; undefined leaves a module to Rollup.
 */
export function chunkOf(id: string, { getModuleInfo }: { getModuleInfo: Rollup.GetModuleInfo }) {
  // An icon is some hundred bytes, and most pages want several of those that the first does not.
  if (!neededByFirstPage(id, getModuleInfo))
    return id.includes('/lucide-react/dist/esm/icons/') ? 'icons' : undefined;
  // Rollup's own helpers begin with a null character.
  return id.includes('/node_modules/') || id.startsWith('\0') ? 'packages' : 'frame';
}

function neededByFirstPage(
  id: string,
  getModuleInfo: Rollup.GetModuleInfo,
  seen = new Set<string>(),
): boolean {
  if (firstPage.test(id)) return true;
  if (seen.has(id)) return false;
  seen.add(id);
  const importers = getModuleInfo(id)?.importers ?? [];
  return importers.some((importer) => neededByFirstPage(importer, getModuleInfo, seen));
}

/**
 * Imports each icon from its own module, where it is named: through the package's list of them all, every icon of the
 * site would seem to be needed by the first page.
 */
export function iconsByName(): Plugin {
  const list = readFileSync('node_modules/lucide-react/dist/esm/lucide-react.mjs', 'utf8');
  const modules = new Map<string, string>();
  for (const [, names = '', module = ''] of list.matchAll(
    /export \{([^}]+)\} from '\.\/(icons\/[\w-]+)\.mjs'/g,
  ))
    for (const [, name = ''] of names.matchAll(/default as (\w+)/g)) modules.set(name, module);
  return {
    name: 'icons-by-name',
    apply: 'build',
    transform(code, id) {
      if (!id.includes('/web/app/')) return undefined;
      return code.replace(/import \{([^}]+)\} from ["']lucide-react["'];?/g, (_, names: string) =>
        names
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== '')
          .map((name) => `import ${name} from 'lucide-react/${modules.get(name)}';`)
          .join(''),
      );
    },
  };
}
