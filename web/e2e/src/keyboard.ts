import type { Locator, Page } from 'playwright-core';

/** Whether an element has the focus. */
export const focused = (element: Locator): Promise<boolean> => element.evaluate((e) => e === document.activeElement);

/** Goes to an element by the Tab key alone. */
export async function tabTo(page: Page, element: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await focused(element)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`80 tabs do not lead to ${String(element)}`);
}
