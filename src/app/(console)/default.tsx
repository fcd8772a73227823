/** What lies under a dialog that was asked for by the address which the router alone uses. */
export default function NothingUnderneath() {
  return null;
}
