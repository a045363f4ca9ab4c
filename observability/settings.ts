import { z } from 'zod';
import { httpUrl, port } from '../domain/settings.js';

/** What every process may be told of tracing, by OpenTelemetry's own names. */
export const tracingSettings = z.object({
  /** Where spans are sent by OTLP over HTTP, as JSON to `<this>/v1/traces`. Without it nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  /** `name=value,…`: headers that the collector asks for. A secret. */
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .regex(/^[\w-]+=[^,\r\n]+(,[\w-]+=[^,\r\n]+)*$/, { error: 'must be name=value, separated by commas' })
    .optional(),
  /** Of the requests that nobody traces already this part is traced, from 0 to 1. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number({ error: 'must be a number' })
    .min(0, { error: 'must be at least 0' })
    .max(1, { error: 'must be at most 1' })
    .default(1),
});
export type TracingSettings = z.infer<typeof tracingSettings>;

/** Without a port there are no metrics. */
export const metricsPort = port.optional();
