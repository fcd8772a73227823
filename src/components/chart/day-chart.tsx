import { scaleBand, scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { ReactNode } from 'react';
import { formatCount } from '@/lib/counts';
import { ChartFigure } from './chart-figure';

export type DaySeries = { label: string; kind: 'bars' | 'line'; values: number[] };

type Props = {
  /** What the chart shows, in a sentence. */
  finding: ReactNode;
  title: string;
  /** One label for each day; the last day is not over. */
  days: string[];
  series: DaySeries[];
};

// The drawing is stretched to its place; letters stand beside it as text, so they keep their size on a phone.
const width = 600;
const height = 100;

/** One panel per series, one above the other with a scale of its own, because one is often a hundred times the other. */
export function DayChart({ finding, title, days, series }: Props) {
  const x = scaleBand<number>()
    .domain(days.map((_, at) => at))
    .range([0, width])
    .paddingInner(0.28)
    .paddingOuter(0.1);
  const middle = Math.floor((days.length - 1) / 2);
  return (
    <ChartFigure
      finding={finding}
      table={{
        head: ['Day', ...series.map(({ label }) => label)],
        rows: days.map((day, at) => [day, ...series.map(({ values }) => formatCount(values[at] ?? 0))]).reverse(),
      }}
    >
      {series.map((each) => (
        <Panel key={each.label} series={each} title={`${each.label}: ${title}`} x={x} />
      ))}
      <p className="flex justify-between pl-12 text-ink-soft text-xs tabular-nums">
        {[days[0], days[middle], days.at(-1)].map((day) => (
          <span key={day}>{day}</span>
        ))}
      </p>
    </ChartFigure>
  );
}

type X = ReturnType<typeof scaleBand<number>>;

function Panel({ series, title, x }: { series: DaySeries; title: string; x: X }) {
  const { label, kind, values } = series;
  const y = scaleLinear()
    .domain([0, Math.max(2, ...values)])
    .nice(2)
    .range([height, 0]);
  return (
    <div className="mb-3">
      <p className="mb-1.5 font-medium text-xs">{label}</p>
      <div className="flex gap-2">
        <p
          aria-hidden="true"
          className="-my-2 flex w-10 shrink-0 flex-col justify-between text-right text-ink-soft text-xs tabular-nums"
        >
          <span>{formatCount(y.domain()[1] ?? 0)}</span>
          <span>0</span>
        </p>
        <svg
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={title}
          className="chart"
        >
          <title>{title}</title>
          {[0, height].map((at) => (
            <line key={at} x1={0} x2={width} y1={at} y2={at} className="chart-grid" />
          ))}
          {kind === 'bars' ? <Bars values={values} x={x} y={y} /> : <Line values={values} x={x} y={y} />}
        </svg>
      </div>
    </div>
  );
}

type Marks = { values: number[]; x: X; y: (value: number) => number };

function Bars({ values, x, y }: Marks) {
  return values.map((value, at) => (
    <rect
      key={x(at)}
      x={x(at)}
      width={x.bandwidth()}
      y={y(value)}
      height={Math.max(y(0) - y(value), 0)}
      className={at === values.length - 1 ? 'chart-bar chart-open' : 'chart-bar'}
    />
  ));
}

/** The last stretch is dashed, because its day is not over. */
function Line({ values, x, y }: Marks) {
  const points = values.map((value, at): [number, number] => [(x(at) ?? 0) + x.bandwidth() / 2, y(value)]);
  const drawn = line();
  const under = area()
    .y0(y(0))
    .y1(([, top]) => top);
  return (
    <>
      <path d={under(points) ?? ''} className="chart-area" />
      <path d={drawn(points.slice(0, -1)) ?? ''} className="chart-line" />
      <path d={drawn(points.slice(-2)) ?? ''} className="chart-line" strokeDasharray="3 3" />
    </>
  );
}
