import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from '@temporalio/client';
import { loadClientConfigProfile, toClientOptions } from '@temporalio/envconfig';
import type { NativeConnection, NativeConnectionOptions } from '@temporalio/worker';
import { SettingsError } from '../domain/settings.js';
import type { TemporalSettings } from './settings.js';

/** How a connection is made, for both of the SDK's kinds. */
type TemporalConnection = Pick<NativeConnectionOptions, 'address' | 'tls' | 'metadata'> & { apiKey?: ApiKey };

/** The API key as it is now. */
type ApiKey = () => string;

/**
 * What the settings, the profile and their files say.
 * @throws SettingsError when they do not fit together or a file cannot be read.
 */
export function temporalConnection(settings: TemporalSettings): TemporalConnection {
  const { address, tls, metadata, apiKey } = configured(settings);
  if (settings.TEMPORAL_API_KEY && settings.TEMPORAL_API_KEY_FILE) {
    throw new SettingsError('TEMPORAL_API_KEY and TEMPORAL_API_KEY_FILE are both set: one is too many.');
  }
  const key = settings.TEMPORAL_API_KEY_FILE
    ? apiKeyFile(settings.TEMPORAL_API_KEY_FILE, settings.TEMPORAL_API_KEY_REREAD_SECONDS * 1000)
    : apiKey === undefined
      ? undefined
      : () => apiKey;
  if (key && tls === false) {
    throw new SettingsError('TEMPORAL_TLS=false would send the API key to Temporal unencrypted.');
  }
  return {
    address,
    ...((tls || key) && { tls: tls || true }),
    ...(metadata && { metadata }),
    ...(key && { apiKey: key }),
  };
}

function configured(
  settings: TemporalSettings,
): Omit<NativeConnectionOptions, 'apiKey'> & { apiKey?: string } {
  const { TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: profile } = settings;
  const env = Object.entries(settings).filter(
    (entry): entry is [string, string] => entry[0].startsWith('TEMPORAL_') && typeof entry[1] === 'string',
  );
  try {
    const loaded = loadClientConfigProfile({
      ...(file ? { configSource: { data: readFileSync(file, 'utf8') } } : { disableFile: true }),
      configFileStrict: true,
      ...(profile && { profile }),
      overrideEnvVars: Object.fromEntries(env),
    });
    if (Boolean(loaded.tls?.clientCert) !== Boolean(loaded.tls?.clientKey)) {
      throw new Error('a client certificate and its key go together: one of them is missing');
    }
    return toClientOptions(loaded).connectionOptions;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new SettingsError(`The settings of Temporal (TEMPORAL_…) cannot be used: ${why}`);
  }
}

/** @throws SettingsError when there is no key to begin with. */
function apiKeyFile(path: string, rereadMs: number): ApiKey {
  const read = () => readFileSync(path, 'utf8').trim();
  let key = '';
  let readAt = Number.NEGATIVE_INFINITY;
  const current = () => {
    if (performance.now() - readAt < rereadMs) return key;
    readAt = performance.now();
    try {
      // A file that is being replaced may be missing or empty: then the key before goes on.
      key = read() || key;
    } catch (error) {
      if (!key) throw error;
    }
    return key;
  };
  try {
    if (current()) return current;
  } catch {
    // Told below.
  }
  throw new SettingsError('TEMPORAL_API_KEY_FILE must be a file with a key that can be read.');
}

/** For `Connection` of `@temporalio/client`: it asks for the key with each call. */
export const clientConnectionOptions = (settings: TemporalSettings): ConnectionOptions =>
  temporalConnection(settings);

/** For `NativeConnection`: it is told the key, and again when `followApiKey` finds another. */
export function nativeConnectionOptions(settings: TemporalSettings): NativeConnectionOptions {
  const { apiKey, ...options } = temporalConnection(settings);
  return { ...options, ...(apiKey && { apiKey: apiKey() }) };
}

/**
 * Gives a worker's connection the API key of `TEMPORAL_API_KEY_FILE` whenever it has changed.
 * @returns how to stop.
 */
export function followApiKey(
  connection: Pick<NativeConnection, 'setApiKey'>,
  settings: TemporalSettings,
  log: { info(message: string): void; warn(object: object, message: string): void },
): () => void {
  const { apiKey } = temporalConnection(settings);
  if (!settings.TEMPORAL_API_KEY_FILE || !apiKey) return () => undefined;
  let told = '';
  const tell = async () => {
    const key = apiKey();
    if (key === told) return;
    try {
      await connection.setApiKey(key);
      if (told) log.info('Temporal API key changed');
      told = key;
    } catch (error) {
      log.warn({ err: error }, 'Temporal API key could not be changed yet');
    }
  };
  void tell();
  const timer = setInterval(tell, settings.TEMPORAL_API_KEY_REREAD_SECONDS * 1000);
  return () => clearInterval(timer);
}
