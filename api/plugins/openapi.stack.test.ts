import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { OpenAPIV3_1 } from 'openapi-types';
import { inProject } from '../../local/services/project-root.js';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { buildApp } from '../app.js';
import { apiSettings } from '../config.js';
import { type ApiClient, startApi } from '../testing/api-client.js';

const run = promisify(execFile);
/** Node with TypeScript, for what comes as ES modules only. */
const node = (...args: string[]) => run(process.execPath, args, { cwd: inProject('.') });

let stack: TestStack;
let api: ApiClient;
let document: OpenAPIV3_1.Document;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stf-openapi-'));
  stack = await startTestStack();
  ({ api } = await startApi(stack, { CRON_SECRET: 'a-secret-of-more-than-32-characters' }));
  document = (await api.get('/openapi.json')).body;
});
afterAll(async () => {
  await stack?.stop();
  await rm(folder, { recursive: true, force: true });
});

const methods = ['get', 'put', 'post', 'delete', 'patch'] as const;
const operations = () =>
  Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item?.[method];
      return operation ? [{ name: `${method.toUpperCase()} ${path}`, operation }] : [];
    }),
  );

test('the document is valid OpenAPI 3.1', async () => {
  expect(document.openapi).toMatch(/^3\.1/);
  const file = join(folder, 'openapi.json');
  await writeFile(file, JSON.stringify(document));
  const cli = 'node_modules/@seriousme/openapi-schema-validator/bin/validate-api-cli.js';
  const { stdout } = await node(cli, file);
  expect(JSON.parse(stdout)).toMatchObject({ valid: true });
});

test('the validator finds a document that is not', async () => {
  const file = join(folder, 'broken.json');
  await writeFile(file, JSON.stringify({ ...document, info: {} }));
  const cli = 'node_modules/@seriousme/openapi-schema-validator/bin/validate-api-cli.js';
  const { stdout } = await node(cli, file).catch((error: { stdout: string }) => error);
  expect(stdout).not.toContain('"valid":true');
});

/** What Fastify prints, a tree whose branches are four characters wide, as `GET /path/{parameter}`. */
function routesOf(tree: string): string[] {
  const above: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, branch, part, verbs = ''] = /^(.*── )(\S+)(?: \((.+)\))?$/.exec(line) ?? [];
    if (branch === undefined || part === undefined) return [];
    above.splice(branch.length / 4 - 1);
    above.push(part);
    const path = above.join('').replace(/:(\w+)/g, '{$1}');
    return verbs.split(', ').flatMap((verb) => (verb && verb !== 'HEAD' ? [`${verb} ${path}`] : []));
  });
}

test('every route of the app is in it, and nothing else', async () => {
  const app = await buildApp(apiSettings.parse({ ...stack.env, TEMPORAL_ADDRESS: '127.0.0.1:1' }));
  try {
    await app.ready();
    const routes = routesOf(app.printRoutes({ commonPrefix: false, includeHooks: false })).filter(
      // The document and its page, and the answer to a browser's preflight request.
      (route) => !/^(GET \/(docs|openapi\.json$)|OPTIONS \*$)/.test(route),
    );
    expect(routes.length).toBeGreaterThan(15);
    expect(
      operations()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(routes.sort());
  } finally {
    await app.close();
  }
});

test('every operation says what it is for, what it answers, and whether it wants a token', async () => {
  const otherwise: Record<string, unknown> = {
    'POST /schedules/refresh-all/trigger': [{ cronSecret: [] }, { triggerSignature: [] }],
  };
  const open = ['GET /boards', 'GET /healthz', 'GET /readyz'];
  for (const { name, operation } of operations()) {
    expect([name, operation.summary]).toEqual([name, expect.stringMatching(/\S{2}/)]);
    expect([name, operation.tags]).toEqual([name, [expect.any(String)]]);
    expect([name, Object.keys(operation.responses ?? {}).some((status) => status.startsWith('2'))]).toEqual([
      name,
      true,
    ]);

    const [method = '', path = ''] = name.split(' ');
    const answer = await api.request(method, path.replace('{id}', '00000000-0000-4000-8000-000000000000'));
    // To who is no admin there is nothing there.
    const wantsToken = answer.status === 401 || path.startsWith('/admin/');
    expect([name, operation.security]).toEqual([
      name,
      wantsToken ? (otherwise[name] ?? [{ bearer: [] }]) : undefined,
    ]);
    if (!open.includes(name))
      expect([name, Object.keys(operation.responses ?? {})]).toEqual([name, expect.arrayContaining(['4XX'])]);
  }
});

test('the page to try it answers, with the document that it reads', async () => {
  const page = await api.get('/docs');
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  expect(page.text).toContain('swagger-ui');
  expect((await api.get('/docs/json')).body).toEqual(document);
});
