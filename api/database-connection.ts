import type { PeerCertificate } from 'node:tls';
import { z } from 'zod';

const modes = ['disable', 'require', 'verify-ca', 'verify-full'] as const;

/** What is wrong with the address of a database to listen to, or nothing. */
function wrongWith(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.port === '6543') {
    return 'must not lead to port 6543: it is the pooler in transaction mode, where LISTEN hears nothing. Take the session pooler or the direct connection, both at port 5432';
  }
  const mode = url.searchParams.get('sslmode');
  if (mode !== null && !modes.some((known) => known === mode)) {
    return `must have one of these as sslmode: ${modes.join(', ')}`;
  }
  if (url.searchParams.has('sslrootcert')) {
    return 'must not name sslrootcert: the certificate is given by DATABASE_CA_FILE';
  }
  const isHosted = /\.supabase\.(co|com)$/.test(url.hostname);
  if (isHosted && (mode === null || mode === 'disable')) {
    return 'must ask for TLS over the internet: add ?sslmode=verify-full and set DATABASE_CA_FILE';
  }
  return undefined;
}

export const databaseUrl = z
  .url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' })
  .superRefine((url, context) => {
    const message = wrongWith(url);
    if (message) context.addIssue({ code: 'custom', message });
  });

/** TLS as Node's `tls.connect` takes it. */
export interface DatabaseTls {
  host: string;
  ca?: string;
  rejectUnauthorized: boolean;
  checkServerIdentity?: (host: string, certificate: PeerCertificate) => Error | undefined;
}

export interface DatabaseConnection {
  /** Without what is asked of TLS: the client would read it in its own way. */
  url: string;
  host: string;
  port: number;
  ssl: DatabaseTls | false;
}

/**
 * How a database is reached. `sslmode` means what it means to libpq (https://www.postgresql.org/docs/current/libpq-ssl.html):
 * `require` encrypts and believes whoever answers, unless there is a CA; `verify-ca` wants a certificate of that CA,
 * `verify-full` one that is also for this host.
 * @param ca in PEM; without it those that Node knows.
 */
export function databaseConnection(text: string, ca?: string): DatabaseConnection {
  const url = new URL(text);
  const mode = url.searchParams.get('sslmode') ?? (ca === undefined ? 'disable' : 'verify-full');
  url.searchParams.delete('sslmode');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const tls: DatabaseTls = {
    host,
    ...(ca !== undefined && { ca }),
    rejectUnauthorized: mode !== 'require' || ca !== undefined,
    ...(mode !== 'verify-full' && { checkServerIdentity: () => undefined }),
  };
  return {
    url: url.href,
    host,
    port: Number(url.port || 5432),
    ssl: mode === 'disable' ? false : tls,
  };
}
