import type { ApiSettings } from './config.js';

export type TemporalSettings = Pick<ApiSettings, 'TEMPORAL_UI_URL' | 'TEMPORAL_NAMESPACE'>;

/** A page of the Temporal Web UI; null where its address is not set. */
export function temporalUrl(
  { TEMPORAL_UI_URL: webUi, TEMPORAL_NAMESPACE: namespace }: TemporalSettings,
  kind: 'workflows' | 'task-queues',
  name: string,
): string | null {
  if (webUi === undefined) return null;
  const path = ['namespaces', namespace, kind, name].map(encodeURIComponent).join('/');
  return `${webUi.replace(/\/+$/, '')}/${path}`;
}
