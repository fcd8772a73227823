/** Begins a section of a form: its title, and a line on what it decides. The fields until the next heading belong to it. */
export function FormHeading({ title, line }: { title: string; line: string }) {
  return (
    <div className="form-heading">
      <h2 className="font-semibold text-base">{title}</h2>
      <p className="max-w-prose text-ink-soft">{line}</p>
    </div>
  );
}
