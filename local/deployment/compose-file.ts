import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { inProject } from '../services/project-root.js';

export const composeFile = 'docker-compose.temporal.yml';

/** What the checks read of it. A `null` in the environment is handed on from `.env`, where it is there. */
const service = z.looseObject({
  image: z.string().optional(),
  build: z.string().optional(),
  restart: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string().nullable()).default({}),
  env_file: z.unknown().optional(),
  healthcheck: z
    .object({ test: z.array(z.string()) })
    .loose()
    .optional(),
  mem_limit: z.string().optional(),
  networks: z.array(z.string()),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
});

const file = z.looseObject({
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.unknown()),
  volumes: z.record(z.string(), z.unknown()),
});

export const composeText = (): string => readFileSync(inProject(composeFile), 'utf8');

/** The file with its anchors and merges resolved; variables stand as they are written. */
export function readComposeFile(): z.infer<typeof file> {
  return file.parse(parse(composeText(), { merge: true }));
}

/** `${NAME}` and `${NAME:-default}`, wherever they stand; `$$` is a dollar. */
export function variablesOf(text: string): string[] {
  const used = [...text.replaceAll('$$', '').matchAll(/\$\{([A-Z][A-Z0-9_]*)/g)].map(([, name = '']) => name);
  return [...new Set(used)];
}

/** A value as Compose would hand it on, by what is set in `.env`. @throws Error where it asks for one that is not there. */
export function filledIn(value: string, env: Record<string, string | undefined>): string {
  return value.replace(
    /\$\{([A-Z][A-Z0-9_]*)(?::([-?])([^}]*))?\}/g,
    (_, name: string, sign = '', rest = '') => {
      const given = env[name];
      if (given) return given;
      if (sign === '?') throw new Error(`${name}: ${rest}`);
      return rest;
    },
  );
}
