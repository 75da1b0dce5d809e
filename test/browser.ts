import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize, sep } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

/** A Chromium that is installed here; undefined where there is none. CHROMIUM_PATH names another. */
export function chromiumPath(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  const places = [named, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  return places.find((place) => place !== undefined && place !== '' && existsSync(place));
}

export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Milliseconds; long enough for two cores that are busy with something else. */
export const PATIENCE = 60_000;

/** What a page shows follows an action by a moment, and longer on a busy machine: it is looked at until it stands, or patience ends. */
export const soon = <T>(look: () => T | Promise<T>) => expect.poll(look);

/** A page on a wide screen, in a context of its own; what it throws, and the errors on its console, go to `errors`. */
export async function openPage(
  browser: Browser,
  site: { readonly url: string },
  path: string,
  errors: string[],
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  page.on('pageerror', (error) => errors.push(`${path}: ${error.message}`));
  page.on('console', (message) => {
    // The stream of job events is not part of these answers.
    if (message.type() === 'error' && !message.location().url.endsWith('/api/events')) {
      errors.push(`${path}: ${message.text()}`);
    }
  });
  await page.goto(site.url + path);
  return page;
}

/** Builds the page as it ships into a folder of its own, so that tests beside each other do not share one. */
export async function buildPage(): Promise<{ readonly dir: string; readonly remove: () => void }> {
  const dir = mkdtempSync(join(tmpdir(), 'foramen-page-'));
  const { build } = await import('vite');
  await build({
    root: join(ROOT, 'apps', 'web'),
    logLevel: 'silent',
    build: { outDir: dir, emptyOutDir: true },
  });
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** Answers of the interface by path, or by method and path for a change; anything else under /api/ is not there. */
export type Answers = Readonly<Record<string, unknown>>;

/** The page, the networks and some answers on a port of this computer, under the policy the server sets. */
export async function servePage(
  page: string,
  answers: Answers,
): Promise<{ readonly url: string; readonly close: () => Promise<void>; readonly asked: string[] }> {
  const models = join(ROOT, 'packages', 'imaging', 'models');
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    asked.push(`${request.method} ${pathname}`);
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    response.setHeader(
      'Content-Security-Policy',
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'",
    );
    if (pathname.startsWith('/api/')) {
      const answer = answers[`${request.method} ${pathname}`] ?? answers[pathname];
      if (answer instanceof Uint8Array) {
        response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(answer);
        return;
      }
      response
        .writeHead(answer === undefined ? 404 : 200, { 'Content-Type': 'application/json' })
        .end(JSON.stringify(answer ?? { problems: [] }));
      return;
    }
    const [root, rest] = pathname.startsWith('/models/')
      ? [models, pathname.slice('/models'.length)]
      : [page, pathname];
    const wanted = normalize(join(root, rest));
    const inside = wanted.startsWith(root + sep) && existsSync(wanted) && statSync(wanted).isFile();
    if (!inside && root === models) {
      response.writeHead(404).end();
      return;
    }
    const file = inside ? wanted : join(page, 'index.html');
    response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' });
    response.end(readFileSync(file));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/**
 * A browser and the page as it ships before the tests of a suite, with answers of their own for each site, and everything closed after them.
 * `errors` gathers what pages throw and write on the console.
 */
export function servedPages<Name extends string>(
  executablePath: string | undefined,
  answers: () => Promise<Readonly<Record<Name, Answers>>>,
) {
  const errors: string[] = [];
  const sites = new Map<string, Awaited<ReturnType<typeof servePage>>>();
  let browser: Browser;
  let built: Awaited<ReturnType<typeof buildPage>>;
  beforeAll(async () => {
    [browser, built] = await Promise.all([launch(executablePath!), buildPage()]);
    for (const [name, given] of Object.entries<Answers>(await answers()))
      sites.set(name, await servePage(built.dir, given));
  });
  afterAll(async () => {
    await browser?.close();
    for (const site of sites.values()) await site.close();
    built?.remove();
  });
  const url = (name: Name): string => sites.get(name)!.url;
  return {
    errors,
    url,
    open: (name: Name, path: string): Promise<Page> => openPage(browser, { url: url(name) }, path, errors),
  };
}
