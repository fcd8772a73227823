/** Keeps at most `most` entries, so that strangers cannot fill the memory: the one that was set first goes first. */
export function setBounded<V>(map: Map<string, V>, key: string, value: V, most: number) {
  map.delete(key);
  // A map keeps its keys in the order of insertion.
  for (const oldest of map.keys()) {
    if (map.size < most) break;
    map.delete(oldest);
  }
  map.set(key, value);
}
