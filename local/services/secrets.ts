import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SignJWT } from 'jose';
import { z } from 'zod';

const stackSecrets = z.object({
  /** Signs every access token and both keys (HS256). */
  jwtSecret: z.string().min(32),
  anonKey: z.string(),
  serviceRoleKey: z.string(),
  /** Signs the site's session cookie. */
  sessionSecret: z.string().min(32),
  /** The key of the audit log's addresses; local data of before has none. */
  addressHashSecret: z.string().min(32).optional(),
  postgresPassword: z.string(),
  authenticatorPassword: z.string(),
  authAdminPassword: z.string(),
  listenerPassword: z.string(),
});
export type StackSecrets = z.infer<typeof stackSecrets>;

const random = () => randomBytes(32).toString('base64url');

async function keyOf(role: 'anon' | 'service_role', jwtSecret: string): Promise<string> {
  return new SignJWT({ role })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer('supabase')
    .setIssuedAt()
    .setExpirationTime('10y')
    .sign(new TextEncoder().encode(jwtSecret));
}

/** New secrets, drawn at random. */
export async function createSecrets(): Promise<StackSecrets> {
  const jwtSecret = random();
  return {
    jwtSecret,
    anonKey: await keyOf('anon', jwtSecret),
    serviceRoleKey: await keyOf('service_role', jwtSecret),
    sessionSecret: random(),
    addressHashSecret: random(),
    postgresPassword: random(),
    authenticatorPassword: random(),
    authAdminPassword: random(),
    listenerPassword: random(),
  };
}

/**
 * The local stack's secrets: drawn on the first start and kept, readable by their owner alone.
 * @throws Error when the file is there but is not what was written.
 */
export async function keptSecrets(file: string): Promise<StackSecrets> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text !== undefined) return readSecrets(text, file);
  const secrets = await createSecrets();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return secrets;
}

function readSecrets(text: string, file: string): StackSecrets {
  try {
    return stackSecrets.parse(JSON.parse(text));
  } catch {
    throw new Error(`${file} does not hold the local stack's secrets; \`npm run reset\` starts afresh.`);
  }
}
