import { matchRoutes } from '@remix-run/react';

interface Route {
  id: string;
  path?: string;
  index?: boolean;
  caseSensitive?: boolean;
  children?: Route[];
}

/** What is answered without a route. */
const otherPaths: readonly [RegExp, string][] = [
  [/^\/assets\//, '/assets/*'],
  [/^\/__manifest$/, '/__manifest'],
  [/^\/[\w-]+\.(ico|png|svg|txt|webmanifest)$/, '/*'],
];

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

let routes: Promise<Route[]> | undefined;

/**
 * Which of the site's routes a path is of, as its template: `/feeds/:token/:format`. A path that is of none is `*`, since
 * whatever somebody typed may stand in it.
 */
export async function matchTemplate(path: string): Promise<{ route: string; runId?: string }> {
  for (const [pattern, route] of otherPaths) if (pattern.test(path)) return { route };
  // The build holds this module: it is there when the first request is.
  routes ??= import('virtual:remix/server-build').then((build) => treeOf(build.routes));
  // How the script of a page asks for that page's data.
  const asked = path === '/_root.data' ? '/' : path.replace(/\.data$/, '');
  const matches = matchRoutes((await routes) as Parameters<typeof matchRoutes>[0], asked);
  const leaf = matches?.at(-1);
  if (!leaf) return { route: '*' };
  const route = `/${matches?.map(({ route: { path: part } }) => part ?? '').join('') ?? ''}`;
  const { id = '' } = leaf.params;
  return {
    route: route === '/*' ? '*' : route,
    ...(route.startsWith('/runs/:id') && isUuid.test(id) && { runId: id }),
  };
}

function treeOf(all: Record<string, unknown>, parentId?: string): Route[] {
  return (Object.values(all) as (Route & { parentId?: string })[])
    .filter((route) => route.parentId === parentId)
    .map(({ id, path, index, caseSensitive }) =>
      index
        ? { id, index, ...(path !== undefined && { path }) }
        : { id, path, caseSensitive, children: treeOf(all, id) },
    );
}
