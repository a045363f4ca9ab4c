import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { MetricMeter } from '@temporalio/common';

const everyMs = 5_000;

/** How the process itself does, under the names that Prometheus' client for Node has for it. */
export function watchProcess(meter: MetricMeter): void {
  const gauge = (name: string, description: string) =>
    meter.createGauge(name, 'float', undefined, description);
  const memory = gauge('process_resident_memory_bytes', 'Resident memory size in bytes');
  const heap = gauge('nodejs_heap_size_used_bytes', 'Process heap size used from Node.js in bytes');
  const lag = gauge('nodejs_eventloop_lag_p99_seconds', 'The 99th percentile of the event loop delays');
  const cpu = meter.createGauge(
    'process_cpu_seconds_total',
    'float',
    undefined,
    'Total user and system CPU time spent in seconds',
  );
  const delays = monitorEventLoopDelay();
  delays.enable();

  const look = () => {
    const { rss, heapUsed } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    memory.set(rss);
    heap.set(heapUsed);
    cpu.set((user + system) / 1e6);
    lag.set(delays.percentile(99) / 1e9);
    delays.reset();
  };
  look();
  setInterval(look, everyMs).unref();
}
