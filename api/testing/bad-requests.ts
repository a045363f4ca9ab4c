import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc, { type Arbitrary } from 'fast-check';
import type { OpenAPIV3_1 } from 'openapi-types';

/** A request that the document says is wrong, in one way. */
export interface BadRequest {
  wrong: 'body' | 'not JSON' | 'query' | 'path' | 'token' | 'route';
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

type Schema = OpenAPIV3_1.SchemaObject | OpenAPIV3_1.ReferenceObject;
interface Operation {
  method: string;
  path: string;
  /** Where it stands in the document. */
  pointer: string;
  parameters: OpenAPIV3_1.ParameterObject[];
  body: Schema | undefined;
  signedIn: boolean;
}

const json = 'application/json';
const someId = '00000000-0000-4000-8000-000000000000';
/** What has broken parsers, databases and terminals. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\ud800',
    '\u202e',
    '💥',
    '../../etc/passwd',
    "'; drop table search_runs; --",
    '%00',
    '%',
    '%2e%2e%2f',
    'null',
    'NaN',
    '-1',
    '1e999',
    '9'.repeat(400),
    'a'.repeat(5_000),
    '__proto__',
    '<script>alert(1)</script>',
    '2026-02-30T00:00:00Z',
    '\r\nX-Evil: 1',
  ),
);
const anything: Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  nasty,
  fc.constantFrom(null, true, 0, -1, 1e308, 2 ** 53, [], {}, { __proto__: null, constructor: 1 }),
  fc.array(nasty, { maxLength: 60 }),
);

/** Requests of every kind over every operation of an OpenAPI document. @param token of somebody who is signed in. */
export function badRequests(document: OpenAPIV3_1.Document, token: string): Arbitrary<BadRequest> {
  const ajv = new Ajv2020({ strict: false, coerceTypes: false, validateFormats: true });
  addFormats(ajv);
  ajv.addSchema(document, 'api');
  const coercing = new Ajv2020({ strict: false, coerceTypes: true });
  addFormats(coercing);
  coercing.addSchema(document, 'api');

  const operations = operationsOf(document);
  const signedIn = { authorization: `Bearer ${token}` };
  const at = (operation: Operation, values: Record<string, string> = {}) =>
    operation.path.replace(/\{(\w+)\}/g, (_, name) => encode(values[name] ?? someId));

  const withBody = operations.filter(({ body }) => body !== undefined);
  const wrongBodies = withBody.map((operation) => {
    const isValid = ajv.compile({
      $ref: `api#${operation.pointer}/requestBody/content/application~1json/schema`,
    });
    return valuesLike(document, operation.body as Schema)
      .filter((value) => !isValid(value))
      .map(
        (value): BadRequest => ({
          wrong: 'body',
          method: operation.method,
          path: at(operation),
          headers: { ...signedIn, 'content-type': json },
          body: JSON.stringify(value),
        }),
      );
  });
  const wrongBody = fc.oneof(...wrongBodies);

  const notJson = fc
    .tuple(
      fc.constantFrom(...withBody),
      fc.oneof(
        fc.constantFrom('{', '{"a":', '[1,', 'undefined', "{'a':1}", '\u0000', '{"a":1}}', '"', '<a/>'),
        fc.string({ unit: 'binary' }).filter((text) => !isJson(text)),
      ),
      fc.constantFrom(
        json,
        'text/plain',
        'application/xml',
        'multipart/form-data',
        'application/json; charset=x',
        'x',
      ),
    )
    .map(
      ([operation, body, type]): BadRequest => ({
        wrong: 'not JSON',
        method: operation.method,
        path: at(operation),
        headers: { ...signedIn, 'content-type': type },
        body,
      }),
    );

  const samples = fc.sample(nasty, { numRuns: 500, seed: 1 });
  const parameters = operations.flatMap((operation) =>
    operation.parameters.flatMap((parameter, index) => {
      const isValid = coercing.compile({
        type: 'object',
        properties: { value: { $ref: `api#${operation.pointer}/parameters/${index}/schema` } },
      });
      const wrong = samples.filter(
        (value) => !isValid({ value }) && !(parameter.in === 'path' && value === ''),
      );
      // Some take any text.
      return wrong.length > 0 ? [{ operation, parameter, wrong }] : [];
    }),
  );
  const wrongParameter = (place: 'query' | 'path') =>
    fc
      .constantFrom(...parameters.filter(({ parameter }) => parameter.in === place))
      .chain(({ operation, parameter, wrong }) =>
        fc.constantFrom(...wrong).map(
          (value): BadRequest => ({
            wrong: place,
            method: operation.method,
            path:
              place === 'path'
                ? at(operation, { [parameter.name]: value })
                : `${at(operation)}?${parameter.name}=${encode(value)}`,
            headers: { ...signedIn, ...(operation.body ? { 'content-type': json } : {}) },
            ...(operation.body && { body: '{}' }),
          }),
        ),
      );

  const wrongToken = fc
    .tuple(
      fc.constantFrom(...operations.filter((operation) => operation.signedIn)),
      fc.oneof(
        fc.base64String({ maxLength: 60 }),
        fc.constant(`${token.slice(0, -2)}xx`),
        fc.constant(token.split('.').slice(0, 2).join('.')),
        fc.constant(`${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1]}.`),
      ),
    )
    .map(
      ([operation, wrong]): BadRequest => ({
        wrong: 'token',
        method: operation.method,
        path: at(operation),
        headers: { authorization: `Bearer ${wrong}` },
      }),
    );

  const known = new Set(operations.map(({ path }) => path.split('/')[1]));
  const noRoute = fc
    .tuple(
      fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH'),
      fc.array(nasty, { minLength: 1, maxLength: 4 }),
    )
    .map(
      ([method, parts]): BadRequest => ({
        wrong: 'route',
        method,
        path: `/${parts.map(encode).join('/')}`,
        headers: signedIn,
      }),
    )
    .filter(({ path }) => !known.has(path.split('/')[1] ?? '') && !/^\/*$/.test(path));

  return fc.oneof(
    { weight: 4, arbitrary: wrongBody },
    { weight: 1, arbitrary: notJson },
    { weight: 3, arbitrary: wrongParameter('query') },
    { weight: 2, arbitrary: wrongParameter('path') },
    { weight: 1, arbitrary: wrongToken },
    { weight: 1, arbitrary: noRoute },
  );
}

function operationsOf(document: OpenAPIV3_1.Document): Operation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    (['get', 'put', 'post', 'delete', 'patch'] as const).flatMap((method) => {
      const operation = item?.[method];
      if (!operation) return [];
      const body = (operation.requestBody as OpenAPIV3_1.RequestBodyObject | undefined)?.content[json];
      return [
        {
          method: method.toUpperCase(),
          path,
          pointer: `/paths/${encodeURIComponent(path.replaceAll('~', '~0').replaceAll('/', '~1'))}/${method}`,
          parameters: (operation.parameters ?? []) as OpenAPIV3_1.ParameterObject[],
          body: body?.schema,
          signedIn: (operation.security?.length ?? 0) > 0,
        },
      ];
    }),
  );
}

/** Values with the schema's own properties, so that what is wrong lies deeper than the first look. */
function valuesLike(document: OpenAPIV3_1.Document, schema: Schema, depth = 0): Arbitrary<unknown> {
  const properties = depth > 2 ? {} : propertiesOf(document, schema);
  if (Object.keys(properties).length === 0) return anything;
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, of]) => [
      name,
      fc.oneof(anything, valuesLike(document, of, depth + 1), plausible),
    ]),
  );
  return fc.oneof(
    { weight: 5, arbitrary: fc.record(fields, { requiredKeys: [] }) },
    { weight: 1, arbitrary: anything },
  );
}
const plausible = fc.constantFrom<unknown>(
  'engineer',
  'remotive',
  ['remotive'],
  'Europe/London',
  someId,
  7,
  true,
  '08:00',
);

function propertiesOf(document: OpenAPIV3_1.Document, schema: Schema): Record<string, Schema> {
  if ('$ref' in schema) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return propertiesOf(document, document.components?.schemas?.[name] as Schema);
  }
  const parts = [...(schema.anyOf ?? []), ...(schema.allOf ?? []), ...(schema.oneOf ?? [])] as Schema[];
  return Object.assign({}, schema.properties, ...parts.map((part) => propertiesOf(document, part)));
}

/** As a part of an address; a lone surrogate, which has no UTF-8, as the character for what cannot be read. */
const encode = (text: string) => encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
