import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Desk } from '../src/desk';
import { people } from '../src/people';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.start();
});
afterAll(() => desk.stop());

/** Looks a user up as staff do between two calls: slash, a few letters, down, enter. */
async function find(page: Page, letters: string, name: string) {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Manage users' }).click();
  await page.getByRole('heading', { level: 1, name: 'Manage users' }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type(letters);
  await page.getByRole('rowheader', { name }).waitFor();
  await page.waitForFunction(() => document.querySelectorAll('tbody th').length === 1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

test('an agent’s day', { timeout: 120_000 }, async () => {
  const page = await desk.page();
  await desk.signIn(page, people.agent);

  // A customer calls: no codes. The history tells why, and who can fix it.
  await find(page, 'landline@', 'Lars Landline');
  await page.getByRole('button', { name: 'Fetch notification history' }).click();
  await page.getByText('Error 30006').first().click();
  await page.getByRole('table').getByText('Switch the number to voice calls').waitFor();

  // So the number is switched to calls.
  await page.getByRole('button', { name: 'Communication method' }).click();
  const dialog = page.getByRole('dialog', { name: 'Communication method' });
  await dialog.getByRole('radio', { name: 'Phone call (landline)' }).check();
  await dialog.getByLabel('Reason').fill('Texts end in 30006');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('now go by call, from the next code on').waitFor();

  // Another is abroad and gets no codes at all: backup codes, in two deliberate steps, read out on a call.
  await find(page, 'abroad@', 'Abby Abroad');
  await page.getByRole('link', { name: 'Generate backup codes' }).click();
  await page.getByRole('radio', { name: 'Enrolment' }).check();
  await page.getByRole('radio', { name: 'Call-back' }).check();
  await page.getByLabel('Why are codes needed?').fill('Enrols from abroad');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('radio', { name: 'Phone call' }).check();
  await page.getByRole('button', { name: 'Generate Backup Codes' }).click();
  await page.getByRole('heading', { name: 'Backup codes for Abby Abroad' }).waitFor();
  const codes = await page.getByRole('main').locator('code').allTextContents();
  expect(codes.filter((code) => /^[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}$/.test(code))).toHaveLength(10);
  await page.getByRole('button', { name: 'Read out' }).first().click();

  // The call is over: the codes are gone for good, and the profile says that they were made.
  page.once('dialog', (leave) => void leave.accept());
  await page.getByRole('link', { name: 'Back to the user' }).click();
  const leave = page.getByRole('dialog').getByRole('button', { name: /leave/i });
  await leave.or(page.getByText('10 of 10 codes left')).first().waitFor();
  if (await leave.isVisible()) await leave.click();
  await page.getByText('10 of 10 codes left').waitFor();
  expect(await page.content()).not.toContain(codes[0]);

  // And a number that is on no profile here.
  await page.getByLabel('Any destination number').fill('+12025550101');
  await page.getByRole('button', { name: 'Look up' }).click();
  await page.getByText('Delivered').first().waitFor();
});
