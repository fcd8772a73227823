import type { ReactNode } from 'react';

type Props = { finding: ReactNode; table: { head: string[]; rows: string[][] }; children: ReactNode };

/** A chart with its finding as the caption and the same numbers as a table below. */
export function ChartFigure({ finding, table, children }: Props) {
  return (
    <figure>
      <figcaption className="mb-3 max-w-prose text-ink-soft">{finding}</figcaption>
      {children}
      <details className="mt-2 print:hidden">
        <summary className="inline-block rounded-inner text-accent-text text-xs hover:underline">
          Show as a table
        </summary>
        <table className="chart-table mt-2">
          <thead>
            <tr>
              {table.head.map((word) => (
                <th key={word} scope="col">
                  {word}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map(([first, ...cells]) => (
              <tr key={first}>
                <th scope="row">{first}</th>
                {cells.map((cell, at) => (
                  <td key={table.head[at + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
