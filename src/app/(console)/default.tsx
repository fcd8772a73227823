/** The page below a dialog whose internal router address was requested directly. */
export default function NothingUnderneath() {
  return null;
}
