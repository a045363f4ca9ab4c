import type { ComponentProps, ReactNode } from 'react';
import { errorClasses, explainRunError } from '../format/errors.js';

/** What a filter can be set to: the value in the address, and its words. */
export type FilterOption = readonly [value: string, label: string];

export const boardOptions = (boards: readonly { name: string; label: string }[]): FilterOption[] =>
  boards.map(({ name, label }) => [name, label]);
export const runErrorOptions: FilterOption[] = errorClasses.map((each) => [
  each,
  explainRunError(each).label,
]);

interface FilterSelectProps extends ComponentProps<'select'> {
  label: string;
  /** The words for not filtering by it. */
  any: string;
  options: readonly FilterOption[];
}

/** One filter of a list, chosen from what there is. */
export function FilterSelect({ label, any, options, ...control }: FilterSelectProps) {
  return (
    <Labelled label={label}>
      <select {...control} className="field min-h-10 py-1">
        <option value="">{any}</option>
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

/** One filter of a list, entered. */
export function FilterInput({ label, ...control }: ComponentProps<'input'> & { label: string }) {
  return (
    <Labelled label={label}>
      <input {...control} className="field min-h-10 min-w-0 px-2 py-1" />
    </Labelled>
  );
}

const Labelled = ({ label, children }: { label: string; children: ReactNode }) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the control is what it is given
  <label className="grid min-w-0 gap-1">
    <span className="text-muted">{label}</span>
    {children}
  </label>
);
