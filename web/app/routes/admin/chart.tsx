import { AxisBottom, AxisLeft, type TickRendererProps } from '@visx/axis';
import { Group } from '@visx/group';
import { scaleBand, scaleLinear, scalePoint } from '@visx/scale';
import { BarStack, LinePath } from '@visx/shape';
import { useId } from 'react';
import type { RunFigures } from '../../api/types.js';
import { statusLabels } from '../../format/run.js';
import { stepLabel, took } from './figures-format.js';
import { OutcomePatterns, outcomes } from './patterns.js';

type Step = RunFigures['steps'][number];

/** In the units of the drawing, which grows and shrinks with its column. */
const [width, height] = [420, 230];
const margin = { top: 8, right: 10, bottom: 34, left: 60 };
const [innerWidth, innerHeight] = [width - margin.left - margin.right, height - margin.top - margin.bottom];
const tickText = { fill: 'currentColor', fontSize: 11 } as const;

interface ChartProps {
  steps: Step[];
  byDay: boolean;
  /** What the drawing shows, for those who do not see it; the table beside it has the numbers. */
  label: string;
}

/** Some five of the steps, evenly apart. */
const someOf = (steps: Step[]) =>
  steps.filter((_, at) => at % Math.ceil(steps.length / 5) === 0).map(({ from }) => from);

/** Runs by how they ended, one bar a step. Each ending has a pattern of its own. */
export function OutcomeChart({ steps, byDay, label }: ChartProps) {
  const id = useId();
  const most = Math.max(1, ...steps.map(({ ends }) => outcomes.reduce((sum, key) => sum + ends[key], 0)));
  const x = scaleBand({ domain: steps.map(({ from }) => from), range: [0, innerWidth], padding: 0.2 });
  const y = scaleLinear({ domain: [0, most], range: [innerHeight, 0], nice: true });
  const rows = steps.map(({ from, ends }) => ({ from, ...ends }));
  return (
    <figure className="grid gap-2">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label} className="w-full text-muted">
        <OutcomePatterns id={id} />
        <Group left={margin.left} top={margin.top}>
          <BarStack
            data={rows}
            keys={[...outcomes]}
            x={({ from }) => from}
            xScale={x}
            yScale={y}
            color={(key) => `url(#${id}-${key})`}
          >
            {(stacks) =>
              stacks.flatMap(({ key, bars }) =>
                bars
                  .filter((bar) => bar.height > 0)
                  .map((bar) => (
                    <rect
                      key={`${key} ${bar.index}`}
                      x={bar.x}
                      y={bar.y}
                      width={bar.width}
                      height={bar.height}
                      fill={bar.color}
                      stroke="var(--color-ink)"
                      strokeWidth={0.75}
                    />
                  )),
              )
            }
          </BarStack>
          <Axes x={x} y={y} steps={steps} byDay={byDay} format={(value) => String(value)} />
        </Group>
      </svg>
      <figcaption className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {outcomes.map((key) => (
          <span key={key} className="inline-flex items-center gap-1.5">
            <svg viewBox="0 0 16 16" className="size-4" aria-hidden="true">
              <rect
                x={1}
                y={1}
                width={14}
                height={14}
                fill={`url(#${id}-${key})`}
                stroke="var(--color-ink)"
              />
            </svg>
            {statusLabels[key]}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

const lines = [
  { key: 'p50Ms', label: 'Half of the runs took at most (p50)', dash: undefined },
  { key: 'p95Ms', label: '95 of 100 took at most (p95)', dash: '5 4' },
] as const;

/** How long runs took: p50 a whole line of discs, p95 a dashed one of squares. */
export function DurationChart({ steps, byDay, label }: ChartProps) {
  const most = Math.max(1_000, ...steps.map(({ p95Ms }) => p95Ms ?? 0));
  const x = scalePoint({ domain: steps.map(({ from }) => from), range: [0, innerWidth], padding: 0.5 });
  const y = scaleLinear({ domain: [0, most], range: [innerHeight, 0], nice: true });
  return (
    <figure className="grid gap-2">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label} className="w-full text-muted">
        <Group left={margin.left} top={margin.top}>
          {lines.map(({ key, dash }) => (
            <LinePath
              key={key}
              data={steps}
              defined={(step) => step[key] !== null}
              x={({ from }) => x(from) ?? 0}
              y={(step) => y(step[key] ?? 0)}
              stroke="var(--color-ink)"
              strokeWidth={1.5}
              strokeDasharray={dash}
            />
          ))}
          {lines.flatMap(({ key }) =>
            steps.map((step) => {
              const value = step[key];
              if (value === null) return null;
              return <Mark key={`${key} ${step.from}`} of={key} x={x(step.from) ?? 0} y={y(value)} />;
            }),
          )}
          <Axes x={x} y={y} steps={steps} byDay={byDay} format={took} />
        </Group>
      </svg>
      <figcaption className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {lines.map(({ key, label: meaning, dash }) => (
          <span key={key} className="inline-flex items-center gap-1.5">
            <svg viewBox="0 0 28 16" className="h-4 w-7" aria-hidden="true">
              <line
                x1={0}
                x2={28}
                y1={8}
                y2={8}
                stroke="var(--color-ink)"
                strokeWidth={1.5}
                strokeDasharray={dash}
              />
              <Mark of={key} x={14} y={8} />
            </svg>
            {meaning}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

function Mark({ of, x, y }: { of: 'p50Ms' | 'p95Ms'; x: number; y: number }) {
  return of === 'p50Ms' ? (
    <circle cx={x} cy={y} r={3} fill="var(--color-good)" stroke="var(--color-ink)" />
  ) : (
    <rect x={x - 3} y={y - 3} width={6} height={6} fill="var(--color-warn)" stroke="var(--color-ink)" />
  );
}

interface AxesProps {
  x: ReturnType<typeof scaleBand<string>> | ReturnType<typeof scalePoint<string>>;
  y: ReturnType<typeof scaleLinear<number>>;
  steps: Step[];
  byDay: boolean;
  format: (value: number) => string;
}

/** A plain text: the library's own carries a style, which the site's policy refuses. */
const tick = ({ formattedValue, x, y, dx, dy, textAnchor, fill, fontSize }: TickRendererProps) => (
  <text x={x} y={y} dx={dx} dy={dy} textAnchor={textAnchor} fill={fill} fontSize={fontSize}>
    {formattedValue}
  </text>
);

function Axes({ x, y, steps, byDay, format }: AxesProps) {
  return (
    <>
      <AxisLeft
        scale={y}
        numTicks={4}
        tickFormat={(value) => format(Number(value))}
        stroke="currentColor"
        tickStroke="currentColor"
        tickComponent={tick}
        tickLabelProps={{ ...tickText, textAnchor: 'end', dx: -4, dy: 4 }}
      />
      <AxisBottom
        scale={x}
        top={innerHeight}
        tickValues={someOf(steps)}
        tickFormat={(from) => stepLabel(from, byDay)}
        stroke="currentColor"
        tickStroke="currentColor"
        tickComponent={tick}
        tickLabelProps={{ ...tickText, textAnchor: 'middle' }}
      />
    </>
  );
}
