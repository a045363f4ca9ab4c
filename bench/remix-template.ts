import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withFreePort } from '../local/services/ports.js';
import { answers, launch, whenReady } from '../local/services/process.js';
import { inProject } from '../local/services/project-root.js';

/** Within the project, so that it is built with the versions that the site is built with. */
const folder = 'build/remix-template';

/**
 * As little as the app that `create-remix` makes: the root with the parts that every Remix app has, one route that
 * imports nothing, the entries that Remix brings along, and the future flags of ours.
 */
const files: Record<string, string> = {
  'vite.config.ts': `
    import { vitePlugin as remix } from '@remix-run/dev';
    export default {
      plugins: [
        remix({
          appDirectory: '${folder}/app',
          buildDirectory: '${folder}/build',
          future: {
            v3_fetcherPersist: true,
            v3_lazyRouteDiscovery: true,
            v3_relativeSplatPath: true,
            v3_singleFetch: true,
            v3_throwAbortReason: true,
          },
        }),
      ],
    };`,
  'app/root.tsx': `
    import { Links, Meta, Outlet, Scripts, ScrollRestoration } from '@remix-run/react';
    export function Layout({ children }: { children: React.ReactNode }) {
      return (
        <html lang="en">
          <head>
            <meta charSet="utf-8" />
            <Meta />
            <Links />
          </head>
          <body>
            {children}
            <ScrollRestoration />
            <Scripts />
          </body>
        </html>
      );
    }
    export default function App() {
      return <Outlet />;
    }`,
  'app/routes/_index.tsx': `
    export const meta = () => [{ title: 'New app' }];
    export default function Index() {
      return <h1>Welcome</h1>;
    }`,
};

/** Builds it for production. @returns its server's module, for remix-serve. @throws Error with the build's output. */
async function buildRemixTemplate(): Promise<string> {
  for (const [name, text] of Object.entries(files)) {
    const file = inProject(join(folder, name));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  const building = launch({
    name: "Remix's template",
    args: ['node_modules/@remix-run/dev/dist/cli.js', 'vite:build', '--config', `${folder}/vite.config.ts`],
    env: { NODE_ENV: 'production' },
  });
  const { code } = await building.exited;
  if (code !== 0) throw new Error(`Building Remix's template failed:\n${building.output()}`);
  return join(folder, 'build/server/index.js');
}

/** Builds and serves it as the site is served. */
export async function startRemixTemplate(): Promise<{ url: string; stop(): Promise<unknown> }> {
  const module = await buildRemixTemplate();
  return withFreePort(async (port) => {
    const url = `http://127.0.0.1:${port}`;
    const serving = launch({
      name: "Remix's template",
      args: ['node_modules/@remix-run/serve/dist/cli.js', module],
      env: { HOST: '127.0.0.1', PORT: String(port), NODE_ENV: 'production' },
    });
    try {
      await whenReady(serving, () => answers(url));
    } catch (error) {
      await serving.stop();
      throw error;
    }
    return { url, stop: () => serving.stop() };
  });
}
