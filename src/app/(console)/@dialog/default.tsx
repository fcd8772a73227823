/** No dialog: the page was opened by its address, or leads to none. */
export default function NoDialog() {
  return null;
}
