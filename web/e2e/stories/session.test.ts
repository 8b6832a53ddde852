import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { Desk } from '../src/desk';
import { violations } from '../src/look';
import { password, people } from '../src/people';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.start();
});
afterAll(() => desk.stop());

/** Opens the user whose search finds one. */
async function open(page: Page, search: string) {
  await page.getByRole('searchbox').or(page.locator('input[data-search]')).first().fill(search);
  await page.getByRole('link', { name: /Landline/ }).first().click();
  await page.getByRole('heading', { level: 1, name: /Landline/ }).waitFor();
}

describe('a session', () => {
  test('that ends in the middle of an act is gone on with where it ended', { timeout: 120_000 }, async () => {
    const page = await desk.page();
    await desk.signIn(page, people.admin);
    await open(page, 'landline@');
    await page.getByRole('button', { name: 'Communication method' }).click();
    const dialog = page.getByRole('dialog', { name: 'Communication method' });
    await dialog.getByRole('radio', { name: /landline/i }).check();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Texts end in 30006');

    await page.context().clearCookies({ name: 'fd_staff' });
    await dialog.getByRole('button', { name: 'Save' }).click();

    await page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
    expect(await dialog.isVisible()).toBe(false);
    expect(await page.getByText('+1 202-555-0102').first().isVisible()).toBe(false);
    expect(await violations(page)).toEqual([]);

    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    // A phone gets one code in 30 seconds; the page says when the next may be had.
    const send = page.getByRole('button', { name: 'Text me a code' });
    await send.click();
    const wait = page.getByText(/Try again in \d+ s/);
    await wait.waitFor();
    await wait.waitFor({ state: 'hidden', timeout: 40_000 });
    await desk.secondFactor(page, people.admin);

    await dialog.waitFor();
    expect(await dialog.getByRole('textbox', { name: 'Reason' }).inputValue()).toBe('Texts end in 30006');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/go by call/).first().waitFor();
  });

  test('warns before it ends for want of use, and hides everything once it has', async () => {
    const page = await desk.page();
    await page.clock.install();
    await desk.signIn(page, people.agent);
    await page.clock.fastForward('27:30');
    const warning = page.getByRole('dialog', { name: 'Are you still there?' });
    await warning.waitFor();
    expect(await violations(page)).toEqual([]);
    await warning.getByRole('button', { name: 'Stay signed in' }).click();
    await warning.waitFor({ state: 'hidden' });

    await page.clock.fastForward('29:30');
    await page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
    expect(await page.getByRole('navigation', { name: 'Main' }).isVisible()).toBe(false);
  });

  test('offline says so, sends nothing, and goes on', async () => {
    const page = await desk.page();
    await desk.signIn(page, people.viewer);
    const search = page.locator('input[data-search]');
    await search.waitFor();
    await page.context().setOffline(true);
    await page.getByText(/You are offline/).first().waitFor();
    await search.fill('landline@');
    await page.getByRole('alert').filter({ hasText: 'offline' }).waitFor();
    await page.context().setOffline(false); // from here on it goes on by itself
    await page.getByRole('link', { name: /Landline/ }).first().waitFor();
  });
});
