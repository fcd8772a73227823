import { expect, type Locator } from '@playwright/test';

/** Until React has taken over the markup of the server, keys do nothing and a button with an address is only a link. */
export async function whenItListens(control: Locator) {
  await expect
    .poll(() => control.evaluate((element) => Object.keys(element).some((key) => key.startsWith('__reactProps'))))
    .toBe(true);
}
