// Apart from the schemas, which would bring their library into the browser: 30 kB of scripts.

export const workModes = ['remote', 'hybrid', 'onsite', 'unknown'] as const;
/** As people read them. */
export const workModeLabels: Record<(typeof workModes)[number], string> = {
  remote: 'Remote',
  hybrid: 'Hybrid',
  onsite: 'On site',
  unknown: 'Not said',
};
