import { readFileSync } from 'node:fs';
import { loadClientConfigProfile } from '@temporalio/envconfig';
import { z } from 'zod';
import { orExit, parseSettings, SettingsError, wholeNumber } from '../domain/settings.js';
import { temporalConnection } from './connection.js';

/**
 * How Temporal is reached: settings with the names that Temporal's own tools use, and a file of profiles
 * (https://docs.temporal.io/develop/environment-configuration). What is set here goes before what the file says.
 */
export const temporalSettings = z.object({
  TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  /** In TOML. No other file is looked for. */
  TEMPORAL_CONFIG_FILE: z.string().optional(),
  TEMPORAL_PROFILE: z.string().optional(),

  TEMPORAL_API_KEY: z.string().optional(),
  /** A file with the API key, read again so often: the key is changed without a restart. */
  TEMPORAL_API_KEY_FILE: z.string().optional(),
  TEMPORAL_API_KEY_REREAD_SECONDS: wholeNumber(1, 86_400).default(30),

  /** On by itself with an API key or a certificate. */
  TEMPORAL_TLS: z.enum(['true', 'false']).optional(),
  TEMPORAL_TLS_CLIENT_CERT_PATH: z.string().optional(),
  TEMPORAL_TLS_CLIENT_CERT_DATA: z.string().optional(),
  TEMPORAL_TLS_CLIENT_KEY_PATH: z.string().optional(),
  TEMPORAL_TLS_CLIENT_KEY_DATA: z.string().optional(),
  /** Of a server whose CA Node and the SDK do not know; Temporal Cloud's is known. */
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: z.string().optional(),
  TEMPORAL_TLS_SERVER_CA_CERT_DATA: z.string().optional(),
  TEMPORAL_TLS_SERVER_NAME: z.string().optional(),
});
export type TemporalSettings = z.infer<typeof temporalSettings>;

type Environment = Record<string, string | undefined>;

/** The environment with the address and the namespace of the profile, where it has no others. */
function withProfile(env: Environment): Environment {
  const { TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: name } = env;
  if (!file) {
    if (name)
      throw new SettingsError('TEMPORAL_PROFILE is set, but no TEMPORAL_CONFIG_FILE that would have it.');
    return env;
  }
  try {
    const profile = loadClientConfigProfile({
      configSource: { data: readFileSync(file, 'utf8') },
      configFileStrict: true,
      ...(name && { profile: name }),
      disableEnv: true,
      overrideEnvVars: {},
    });
    return {
      ...env,
      TEMPORAL_ADDRESS: env.TEMPORAL_ADDRESS || profile.address,
      TEMPORAL_NAMESPACE: env.TEMPORAL_NAMESPACE || profile.namespace,
    };
  } catch (error) {
    // After its first line the parser quotes the file, which may hold a key.
    const [why] = String(error instanceof Error ? error.message : error).split('\n');
    throw new SettingsError(`TEMPORAL_CONFIG_FILE cannot be used: ${why}`);
  }
}

/** @throws SettingsError */
export function parseTemporalSettings<S extends z.ZodObject>(
  schema: S,
  env: Environment = process.env,
): z.infer<S> & TemporalSettings {
  const settings = parseSettings(schema, withProfile(env)) as z.infer<S> & TemporalSettings;
  temporalConnection(settings);
  return settings;
}

/** Parses the settings of a process that speaks to Temporal, or ends it with exit code 2 and the reason. */
export const settingsWithTemporalOrExit = <S extends z.ZodObject>(schema: S) =>
  orExit(() => parseTemporalSettings(schema));
