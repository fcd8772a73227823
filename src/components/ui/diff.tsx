type Value = string | string[] | null;
/** `before` is left out where values are only added: the others stay, whatever they are. */
type Change = { field: string; before?: Value; after: Value };

/** Added and removed values have a sign as well as a colour. */
export function Diff({ changes, caption = 'What changed' }: { changes: Change[]; caption?: string }) {
  return (
    <table className="w-full table-fixed text-left">
      <caption className="sr-only">{caption}</caption>
      <thead className="text-ink-soft text-xs">
        <tr className="border-line border-b">
          <th scope="col" className="w-1/4 py-1.5 pr-4 font-medium">
            Field
          </th>
          <th scope="col" className="py-1.5 pr-4 font-medium">
            Before
          </th>
          <th scope="col" className="py-1.5 font-medium">
            After
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <Row key={change.field} {...change} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ field, before, after }: Change) {
  const was = asList(before ?? null);
  const is = asList(after);
  const nothing = Array.isArray(before) || Array.isArray(after) ? 'None' : 'Empty';
  return (
    <tr className="border-line border-b align-top last:border-0">
      <th scope="row" className="break-words py-2 pr-4 font-medium">
        {field}
      </th>
      <td className="py-2 pr-4">
        <Side
          values={was}
          nothing={before === undefined ? 'Others stay' : nothing}
          gone={(value) => !is.includes(value)}
          sign="−"
          word="Removed"
          tone="bg-bad-soft text-bad-text"
        />
      </td>
      <td className="py-2">
        <Side
          values={is}
          nothing={nothing}
          gone={(value) => !was.includes(value)}
          sign="+"
          word="Added"
          tone="bg-good-soft text-good-text"
        />
      </td>
    </tr>
  );
}

type SideProps = {
  values: string[];
  nothing: string;
  gone: (value: string) => boolean;
  sign: string;
  word: string;
  tone: string;
};

function Side({ values, nothing, gone, sign, word, tone }: SideProps) {
  if (values.length === 0) return <span className="text-ink-soft">{nothing}</span>;
  return (
    <ul className="flex flex-col items-start gap-1">
      {values.map((value) =>
        gone(value) ? (
          <li key={value} className={`max-w-full break-words rounded-inner px-1.5 ${tone}`}>
            <span aria-hidden="true" className="mr-1.5 inline-block w-2 font-mono">
              {sign}
            </span>
            <span className="sr-only">{word}: </span>
            {value}
          </li>
        ) : (
          <li key={value} className="max-w-full break-words pl-5 text-ink-soft">
            {value}
          </li>
        ),
      )}
    </ul>
  );
}

function asList(value: Value): string[] {
  if (value === null || value === '') return [];
  return Array.isArray(value) ? value : [value];
}
