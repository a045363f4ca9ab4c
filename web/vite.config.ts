import { vitePlugin as remix } from '@remix-run/dev';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { chunkOf, iconsByName } from './chunks.js';

// Run from the project's root (`npm run build:web`): every path here is relative to it.
export default defineConfig(({ isSsrBuild }) => ({
  publicDir: 'web/public',
  // `npm run dev:web`. Found at once instead of on first use, which would reload the page under the reader.
  optimizeDeps: { include: ['clsx', 'lucide-react', 'radix-ui', 'react', 'react-dom', 'react-dom/client'] },
  build: isSsrBuild
    ? {}
    : { rollupOptions: { output: { manualChunks: chunkOf, onlyExplicitManualChunks: true } } },
  plugins: [
    iconsByName(),
    tailwindcss(),
    remix({
      appDirectory: 'web/app',
      buildDirectory: 'build/web',
      future: {
        v3_fetcherPersist: true,
        v3_lazyRouteDiscovery: true,
        v3_relativeSplatPath: true,
        v3_routeConfig: true,
        v3_singleFetch: true,
        v3_throwAbortReason: true,
      },
    }),
  ],
}));
