import { freePort } from '../../local/services/ports.js';
import type { TestProgram, TestStack } from '../../local/testing/stack.js';
import { type ProblemName, problems } from '../problem.js';

/** What the API answered: the body as JSON where there is one. */
export interface Answer {
  status: number;
  headers: Headers;
  /** Each test says what it expects of it. */
  body: any;
  text: string;
}

export interface RequestOptions {
  /** Sent as JSON; a string is sent as it is. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** Asks the API over HTTP, on behalf of one person or of nobody. */
export class ApiClient {
  constructor(
    readonly url: string,
    readonly token?: string,
  ) {}

  as(token: string | undefined): ApiClient {
    return new ApiClient(this.url, token);
  }

  async request(method: string, path: string, { body, headers = {} }: RequestOptions = {}): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: json ? JSON.parse(text) : undefined,
    };
  }

  get(path: string, options?: RequestOptions): Promise<Answer> {
    return this.request('GET', path, options);
  }

  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> {
    return this.request('POST', path, { body, headers });
  }
}

/** Limits and patience so wide that only the test that is about them meets them, on a machine that stands still for long too. */
const wideLimits = {
  REQUESTS_PER_MINUTE: '1000000',
  SIGN_INS_PER_MINUTE: '1000000',
  SIGN_INS_PER_ACCOUNT: '1000000',
  SIGN_IN_LEAST_MS: '0',
  SUPABASE_TIMEOUT_MS: '60000',
  LISTEN_SILENCE_SECONDS: '3600',
  // A run that was not started in time is left to the reconciler, which not every suite has.
  TEMPORAL_START_TIMEOUT_MS: '30000',
};

/**
 * Starts the API's process on the stack. Without a Temporal server in the stack it is given an address where nobody
 * listens, and runs stay pending.
 */
export async function startApi(
  stack: TestStack,
  settings: Record<string, string> = {},
): Promise<{ program: TestProgram; api: ApiClient }> {
  const program = await stack.startProcess('api', {
    ...wideLimits,
    ...(stack.temporalAddress === '' && {
      TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}`,
      TEMPORAL_START_TIMEOUT_MS: '100',
    }),
    ...settings,
  });
  return { program, api: new ApiClient(program.url) };
}

/** Throws unless the answer is this problem, in the form that RFC 9457 asks for. */
export function expectProblem(answer: Answer, name: ProblemName): void {
  expect(answer.body).toMatchObject({ type: `/problems/${name}`, ...problems[name] });
  expect(answer.status).toBe(problems[name].status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.headers.get('www-authenticate')).toBe(answer.status === 401 ? 'Bearer' : null);
}

/** Throws unless the request was refused for this one field. */
export function expectWrongField(answer: Answer, pointer: string): void {
  expectProblem(answer, 'invalid-request');
  expect(answer.body.errors).toEqual([{ pointer, detail: expect.any(String) }]);
}
