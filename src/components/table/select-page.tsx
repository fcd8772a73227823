export function SelectPage({ formId, children }: { formId: string; children?: string }) {
  return (
    <label className="tick-label noscript:hidden">
      <input
        type="checkbox"
        data-select-page={formId}
        aria-label={children ? undefined : 'Select every row on this page'}
        className="tick"
      />
      {children}
    </label>
  );
}
