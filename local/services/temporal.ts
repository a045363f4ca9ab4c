import { Connection } from '@temporalio/client';
import { searchAttributeNames } from '../../workflows/search-attributes.js';
import { launch, type Program, type RunningProcess, whenReady } from './process.js';
import type { TemporalCli } from './temporal-cli.js';

export interface TemporalOptions {
  port: number;
  /** Without it there is no Web UI. */
  uiPort?: number;
  /** Keeps every history over a restart; without it they are in memory. */
  databaseFile?: string;
}

/** As in docker-compose.temporal.dynamic-config.yml, which says why. */
const dynamicConfig = {
  'matching.enableFairness': true,
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
};

/** The Temporal development server as a program of the stack. */
export function temporalProgram(cli: TemporalCli, { port, uiPort, databaseFile }: TemporalOptions): Program {
  return {
    name: 'Temporal',
    executable: cli.path,
    args: [
      'server',
      'start-dev',
      ...['--ip', '127.0.0.1', '--port', String(port)],
      ...(uiPort === undefined ? ['--headless'] : ['--ui-ip', '127.0.0.1', '--ui-port', String(uiPort)]),
      // Three times faster than the defaults, and still safe from a killed process.
      ...(databaseFile
        ? [
            '--db-filename',
            databaseFile,
            '--sqlite-pragma',
            'journal_mode=wal',
            '--sqlite-pragma',
            'synchronous=1',
          ]
        : []),
      ...searchAttributeNames.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
      ...Object.entries(dynamicConfig).flatMap(([name, value]) => [
        '--dynamic-config-value',
        `${name}=${value}`,
      ]),
      ...['--log-level', 'warn'],
    ],
    // The CLI keeps its settings of other servers in the home folder; a development server needs none.
    env: { TEMPORAL_DISABLE_CONFIG_FILE: 'true' },
  };
}

/** True when the server answers for the namespace and knows this project's search attributes. */
export async function isTemporalReady(address: string, namespace = 'default'): Promise<boolean> {
  const connection = await Connection.connect({ address, connectTimeout: 2_000 });
  try {
    await connection.workflowService.describeNamespace({ namespace });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    return searchAttributeNames.every((name) => customAttributes && name in customAttributes);
  } finally {
    await connection.close();
  }
}

export interface RunningTemporal {
  address: string;
  process: RunningProcess;
}

/** Starts the development server and waits until it answers. */
export async function startTemporal(cli: TemporalCli, options: TemporalOptions): Promise<RunningTemporal> {
  const started = launch(temporalProgram(cli, options));
  const address = `127.0.0.1:${options.port}`;
  try {
    await whenReady(started, () => isTemporalReady(address));
  } catch (error) {
    await started.stop();
    throw error;
  }
  return { address, process: started };
}
