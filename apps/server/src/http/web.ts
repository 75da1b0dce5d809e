import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { Readable } from 'node:stream';
import type { OpenAPIHono } from '@hono/zod-openapi';

/** Where the built web application is; `ready` turns true when a build that is still running has ended. */
export interface WebFiles {
  readonly dir: string;
  readonly ready: () => boolean;
  readonly failure?: () => string | undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.onnx': 'application/octet-stream',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json',
};

/** The page: files of the build, and `index.html` for every address the application routes by itself. */
export function webRoutes(app: OpenAPIHono, web: WebFiles, modelDir: string): void {
  app.get('*', async (c, next) => {
    const path = decoded(new URL(c.req.url).pathname);
    if (path.startsWith('/api/') || path.startsWith('/dicomweb/')) return next();
    if (!web.ready() && !path.startsWith('/models/')) {
      return c.html(waitingPage(web.failure?.()), 503, { 'retry-after': '2', refresh: '1' });
    }
    const file = fileFor(path, web.dir, modelDir);
    const info = await stat(file).catch(() => undefined);
    if (info === undefined || !info.isFile()) return next();
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    if (file.endsWith('.html')) {
      const bytes = await readFile(file);
      const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}"`;
      if (c.req.header('if-none-match') === etag) return c.body(null, 304, { etag });
      return c.body(new Uint8Array(bytes), 200, { 'content-type': type, etag, 'cache-control': 'no-cache' });
    }
    const etag = `"${info.size.toString(16)}-${Math.trunc(info.mtimeMs).toString(16)}"`;
    const headers = {
      'content-type': type,
      etag,
      'content-length': String(info.size),
      // Vite puts a hash of the content into the names below assets/.
      'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    };
    if (c.req.header('if-none-match') === etag) return c.body(null, 304, { etag });
    return c.body(Readable.toWeb(createReadStream(file)) as ReadableStream, 200, headers);
  });
}

function waitingPage(failure: string | undefined): string {
  const text =
    failure === undefined
      ? 'Foramen is preparing its page. This happens once and takes a few seconds.'
      : 'The page could not be built; see the log. The interface under /api/ works.';
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Foramen</title><body style="font:16px system-ui;margin:4rem"><p>${text}</p></body></html>`;
}

/** A file of the build, a network of `/models/`, or the page itself for any address without a file's ending. */
function fileFor(path: string, dir: string, modelDir: string): string {
  const within = (root: string, rest: string): string | undefined => {
    const wanted = normalize(join(root, rest));
    return wanted.startsWith(root + sep) && !rest.includes('\0') ? wanted : undefined;
  };
  if (path.startsWith('/models/'))
    return within(modelDir, path.slice('/models'.length)) ?? join(modelDir, 'none');
  const wanted = within(dir, path);
  return wanted !== undefined && extname(wanted) !== '' ? wanted : join(dir, 'index.html');
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '/';
  }
}
