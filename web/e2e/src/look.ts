import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const images = resolve(import.meta.dirname, '../../../docs/images');

/** Every violation that axe finds on the page, in the light and in the dark, one line each; none is as it should be. */
export async function violations(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await showIn(page, colorScheme);
    await page.evaluate(axe);
    const results = await page.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run());
    for (const { id, help, nodes } of results.violations) {
      for (const node of nodes) found.push(`${colorScheme}: ${id}: ${help}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`);
    }
  }
  await showIn(page, 'light');
  return found;
}

/** Asks for a colour scheme and waits until the page has taken it up: it follows at its next frame. */
async function showIn(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  if (await page.locator('html[data-mantine-color-scheme]').count()) {
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
  }
}

/** Whether anything on the page is wider than its window. */
export const overflows = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

/** Everything that a browser keeps of a page beyond its cookies. */
export const kept = (page: Page): Promise<string> =>
  page.evaluate(() => JSON.stringify([location.href, document.title, history.state, { ...localStorage }, { ...sessionStorage }]));

/** Takes a picture for the documentation, when PICTURES is set: `docs/images/NAME.png`. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.PICTURES) await page.screenshot({ path: resolve(images, `${name}.png`) });
}
