import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { drawings } from './icon-drawings';

export const spriteFile = 'src/components/ui/icons.svg';

const look =
  'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"';

/** One `<symbol>` a drawing, so that a page sends an icon as a reference. The browser keeps the file. */
export function spriteOf(): string {
  const symbols = Object.entries(drawings).map(([name, drawing]) => {
    const inner = renderToStaticMarkup(createElement(drawing)).replace(/^<svg[^>]*>|<\/svg>$/g, '');
    return `<symbol id="${name}" ${look}>${inner}</symbol>\n`;
  });
  // Without a size the build refuses it as an image.
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">\n${symbols.join('')}</svg>\n`;
}
