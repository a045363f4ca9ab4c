/** One line of a Dockerfile that does something. */
export interface Step {
  instruction: string;
  args: string;
}

export interface Stage {
  name: string;
  /** Another stage, or an image. */
  from: string;
  steps: Step[];
}

/** The stages of a Dockerfile, as far as ours go: no continued lines, no build arguments. @throws Error otherwise. */
export function stagesOf(text: string): Stage[] {
  const stages: Stage[] = [];
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    if (line.endsWith('\\')) throw new Error(`a continued line: ${line}`);
    const [, instruction = '', args = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (instruction === 'FROM') {
      const [, from = '', name = ''] = /^(\S+)(?: AS (\S+))?$/.exec(args) ?? [];
      stages.push({ name, from, steps: [] });
    } else {
      const stage = stages.at(-1);
      if (!stage || !['WORKDIR', 'COPY', 'RUN', 'ENV', 'USER'].includes(instruction)) {
        throw new Error(`not known: ${line}`);
      }
      stage.steps.push({ instruction, args });
    }
  }
  return stages;
}

/** Whether `.dockerignore` keeps a file out: a pattern names it or a folder that it is in; `**` is any folders. */
export function ignoredBy(text: string): (file: string) => boolean {
  const patterns = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (patterns.some((pattern) => pattern.startsWith('!'))) throw new Error('an exception in .dockerignore');
  const expressions = patterns.map((pattern) => {
    const source = pattern
      .split('**/')
      .map((part) => part.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*'))
      .join('(?:.*/)?');
    return new RegExp(`^${source}(?:/|$)`);
  });
  return (file) => expressions.some((expression) => expression.test(file));
}
