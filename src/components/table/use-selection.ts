'use client';

import { useCallback, useEffect, useState } from 'react';

/** The boxes are plain inputs tied to the form by its id: they cost nothing to hydrate and work without scripts. */
export function useSelection(formId: string, name: string): { selected: number; onPage: number; clear: () => void } {
  const [{ selected, onPage }, setCounts] = useState({ selected: 0, onPage: 0 });

  const recount = useCallback(() => {
    const boxes = boxesOf(formId, name);
    const ticked = boxes.filter((box) => box.checked).length;
    for (const all of pageBoxes(formId)) {
      all.checked = ticked > 0 && ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    }
    setCounts((before) =>
      before.selected === ticked && before.onPage === boxes.length
        ? before
        : { selected: ticked, onPage: boxes.length },
    );
  }, [formId, name]);

  // After every render: another page brings other boxes, and the back button brings ticked ones.
  useEffect(() => recount());

  useEffect(() => {
    let last: HTMLInputElement | undefined;
    const onClick = (event: MouseEvent) => {
      const box = event.target;
      if (!(box instanceof HTMLInputElement)) return;
      if (box.dataset.selectPage === formId) setAll(boxesOf(formId, name), box.checked);
      else if (box.form?.id !== formId || box.name !== name) return;
      else {
        if (event.shiftKey && last) setAll(between(boxesOf(formId, name), last, box), box.checked);
        last = box;
      }
      recount();
    };
    document.addEventListener('click', onClick);
    return () => document.removeEventListener('click', onClick);
  }, [formId, name, recount]);

  const clear = () => {
    setAll(boxesOf(formId, name), false);
    recount();
  };
  return { selected, onPage, clear };
}

function boxesOf(formId: string, name: string): HTMLInputElement[] {
  const form = document.getElementById(formId);
  if (!(form instanceof HTMLFormElement)) return [];
  return [...form.elements].filter(
    (each): each is HTMLInputElement =>
      each instanceof HTMLInputElement && each.type === 'checkbox' && each.name === name && !each.disabled,
  );
}

/** There are two, in the table header and above the cards on phones; only one is ever shown. */
function pageBoxes(formId: string): NodeListOf<HTMLInputElement> {
  return document.querySelectorAll(`input[data-select-page="${CSS.escape(formId)}"]`);
}

function setAll(boxes: HTMLInputElement[], checked: boolean) {
  for (const box of boxes) box.checked = checked;
}

function between(boxes: HTMLInputElement[], one: HTMLInputElement, other: HTMLInputElement): HTMLInputElement[] {
  const ends = [boxes.indexOf(one), boxes.indexOf(other)].sort((a, b) => a - b);
  return ends[0] === -1 ? [] : boxes.slice(ends[0], (ends[1] ?? 0) + 1);
}
