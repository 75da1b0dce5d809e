import { readdirSync, readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * The server serves `dist`. In development (`npm run dev -w @foramen/web`) its routes are taken from a server that is already
 * running: FORAMEN_URL, by default the port of `foramen start`.
 */
const server = process.env.FORAMEN_URL ?? 'http://127.0.0.1:8787';
const product = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
/** Networks that ship, by the descriptions beside them: the page asks for these and for no others. */
const networks = readdirSync(new URL('../../packages/imaging/models/', import.meta.url)).flatMap((name) => {
  const network = /^(segmenter|grader)\.onnx$/.exec(name)?.[1];
  return network === undefined ? [] : [network];
});
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  plugins: [react()],
  define: {
    FORAMEN_VERSION: JSON.stringify(product.version),
    FORAMEN_NETWORKS: JSON.stringify(networks),
  },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // One style sheet, there from the start: a part of the page that comes later never comes without its looks.
    cssCodeSplit: false,
    // No source maps and no module preload script inline: the page's policy allows scripts from files only.
    modulePreload: { polyfill: false },
    // The network runtime is 14 MB of WebAssembly by itself; it is fetched only when a study is analysed in the tab.
    chunkSizeWarningLimit: 1500,
    assetsInlineLimit: 0,
  },
  server: {
    headers: isolation,
    proxy: Object.fromEntries(['/api', '/models', '/dicomweb'].map((path) => [path, { target: server }])),
  },
  preview: { headers: isolation },
});
