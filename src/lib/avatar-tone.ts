export const avatarTones = 8;

/** A number from 0 to 7 made from a record's id: it picks one of the classes `.avatar-0` to `.avatar-7`. */
export function avatarTone(id: string): number {
  // The end of a UUIDv7 is random; its beginning is the time, the same for everybody who was imported together.
  return Number.parseInt(id.slice(-2), 16) % avatarTones || 0;
}
