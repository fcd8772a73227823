/** From so many people on, the name of a group has to be typed to delete it. */
export const largeGroup = 100;
