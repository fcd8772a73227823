/** Shown for every page that is not opened as a dialog. */
export default function NoDialog() {
  return null;
}
