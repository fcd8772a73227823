import { buttonClass } from '../ui/button';

function element<K extends keyof HTMLElementTagNameMap>(name: K, className: string, text = '') {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function answerButton(value: string, text: string, tone: 'primary' | 'secondary') {
  const button = element('button', buttonClass(tone, 'lg'), text);
  button.value = value;
  return button;
}

/** A dialog of its own, outside React: the question comes up while the router and React must not move. */
export function askToLeave(): Promise<boolean> {
  const dialog = element(
    'dialog',
    'm-auto w-[min(28rem,calc(100vw-2rem))] rounded-ui bg-surface p-5 text-ink shadow-raised',
  );
  const title = element('h2', 'font-semibold text-base', 'Leave this page?');
  title.id = 'leave-question';
  dialog.setAttribute('aria-labelledby', title.id);
  const buttons = element('form', 'mt-5 flex flex-wrap gap-3');
  buttons.method = 'dialog';
  buttons.append(
    answerButton('stay', 'Keep editing', 'primary'),
    answerButton('leave', 'Leave without saving', 'secondary'),
  );
  dialog.append(title, element('p', 'mt-2', 'Your changes are not saved.'), buttons);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'leave');
    });
  });
}
