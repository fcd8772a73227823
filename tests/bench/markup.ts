/** How many elements a row of the page's table has, itself included. */
export function elementsOfRow(html: string): number {
  const body = /<tbody[\s>].*?<\/tbody>/s.exec(html)?.[0].replace(/^<tbody/, '') ?? '';
  const rows = body.match(/<tr[\s>]/g)?.length ?? 0;
  if (rows === 0) throw new Error('the page has no row');
  return (body.match(/<[a-z]/gi)?.length ?? 0) / rows;
}
