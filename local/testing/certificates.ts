import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A certificate and its key, in PEM, as files and as text. */
export interface Certificate {
  certFile: string;
  keyFile: string;
  cert: string;
  key: string;
}

/** A certificate authority of a suite's own, made by `openssl`; it knows no other and nobody else knows it. */
export interface CertificateAuthority {
  certFile: string;
  cert: string;
  /** For a server of this machine. */
  server(names?: string): Promise<Certificate>;
  /** For whoever shows who they are. */
  client(name: string): Promise<Certificate>;
  remove(): Promise<void>;
}

const thisMachine = 'DNS:localhost,IP:127.0.0.1';

export async function createCertificateAuthority(): Promise<CertificateAuthority> {
  const folder = await mkdtemp(join(tmpdir(), 'stf-ca-'));
  const file = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await openssl(
    ...['req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.crt', '-days', '2'],
    ...['-subj', '/CN=A CA of the tests', '-addext', 'keyUsage=critical,keyCertSign'],
  );
  let issued = 0;
  async function issue(subject: string, extensions: string[]): Promise<Certificate> {
    issued += 1;
    const [key, request, cert, config] = ['key', 'csr', 'crt', 'cnf'].map((kind) => `${issued}.${kind}`) as [
      string,
      string,
      string,
      string,
    ];
    await writeFile(file(config), ['basicConstraints=CA:FALSE', ...extensions].join('\n'));
    await openssl('req', ...newKey, '-keyout', key, '-out', request, '-subj', `/CN=${subject}`);
    await openssl(
      ...['x509', '-req', '-in', request, '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial'],
      ...['-days', '2', '-extfile', config, '-out', cert],
    );
    return {
      certFile: file(cert),
      keyFile: file(key),
      cert: await readFile(file(cert), 'utf8'),
      key: await readFile(file(key), 'utf8'),
    };
  }
  return {
    certFile: file('ca.crt'),
    cert: await readFile(file('ca.crt'), 'utf8'),
    server: (names = thisMachine) =>
      issue('server', [`subjectAltName=${names}`, 'extendedKeyUsage=serverAuth']),
    client: (name) => issue(name, ['extendedKeyUsage=clientAuth']),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
