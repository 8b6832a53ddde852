import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Desk } from '../src/desk';
import { kept, overflows, violations } from '../src/look';
import { customers, people } from '../src/people';
import { totp } from '../src/totp';

const abby = customers.abroad;

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.start();
});
afterAll(() => desk.stop());

test('a customer whom no text reaches enrols with backup codes, until an app signs her in', { timeout: 240_000 }, async () => {
  const [admin, customer] = [await desk.page(), await desk.page({ width: 390 })];

  // Staff make codes, and read two out: one to enrol with, and a spare.
  await desk.signIn(admin, people.agent);
  await admin.getByLabel('Search users').fill(abby.email);
  await admin.getByRole('link', { name: 'Abby Abroad' }).click();
  await admin.getByRole('link', { name: 'Generate backup codes' }).click();
  await admin.getByRole('radio', { name: 'Enrolment' }).check();
  await admin.getByRole('radio', { name: 'Call-back' }).check();
  await admin.getByLabel('Why are codes needed?').fill('Enrols from abroad');
  await admin.getByRole('button', { name: 'Continue' }).click();
  await admin.getByRole('radio', { name: 'Phone call' }).check();
  await admin.getByRole('button', { name: 'Generate Backup Codes' }).click();
  await admin.getByRole('heading', { name: 'Backup codes for Abby Abroad' }).waitFor();
  const [code = '', spare = ''] = await admin.getByRole('main').locator('code').allTextContents();

  // The address first: it is proved by a code by mail, and is no way to sign in.
  await desk.enterPassword(customer, abby);
  await customer.getByRole('heading', { level: 1, name: 'Confirm your address' }).waitFor();
  await looksRight(customer);
  await customer.getByRole('button', { name: 'Email me a code' }).click();
  let mailed = '';
  await expect
    .poll(async () => (mailed = /\n\n[^]*?\b(\d{6})\b/.exec(await desk.factordesk.mailTo(abby.email))?.[1] ?? ''), { timeout: 15_000 })
    .not.toBe('');
  await enter(customer, mailed);

  // Then a code: one that is wrong, and the one that was read out.
  await customer.getByRole('radio', { name: /Backup code/ }).check();
  await looksRight(customer);
  await customer.getByRole('button', { name: 'Use a backup code' }).click();
  await enter(customer, 'AAAAA-AAAAA-AAAAA');
  await customer.getByText(/not right|is wrong/).waitFor();
  await enter(customer, code);
  await customer.getByRole('heading', { level: 1, name: 'Almost done' }).waitFor();

  // She closes the browser before she is done: the code is spent, and the spare one goes on from there.
  await customer.context().clearCookies();
  await desk.enterPassword(customer, abby);
  await customer.getByRole('radio', { name: /Backup code/ }).check();
  await customer.getByRole('button', { name: 'Use a backup code' }).click();
  await enter(customer, code);
  await customer.getByText(/not right|is wrong/).waitFor();
  await enter(customer, spare);
  await customer.getByRole('heading', { level: 1, name: 'Almost done' }).waitFor();
  await looksRight(customer);
  await customer.getByRole('button', { name: 'Finish' }).click();

  // A notice leads to the app, and stays until there is one.
  const next = customer.getByRole('region', { name: 'What to do next' });
  await next.getByRole('link', { name: 'Do it now' }).click();
  await customer.getByRole('button', { name: 'Continue' }).click();
  const link = (await customer.getByRole('link', { name: 'Open my app on this phone' }).getAttribute('href')) ?? '';
  const secret = new URL(link).searchParams.get('secret') ?? '';
  await looksRight(customer);
  await customer.getByLabel('Code that the app shows').fill(totp(secret));
  await customer.getByRole('button', { name: 'Confirm' }).click();
  await customer.getByRole('heading', { level: 1, name: 'Your app is connected' }).waitFor();
  await looksRight(customer);
  await customer.getByRole('link', { name: 'Go to security' }).click();
  await customer.getByRole('heading', { level: 1, name: 'Security' }).waitFor();
  expect(await next.count()).toBe(0);
  for (const typed of [mailed, code, spare, secret]) expect(await kept(customer)).not.toContain(typed);

  // From now on the app signs her in.
  await customer.getByRole('button', { name: 'Sign out' }).click();
  await customer.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  await desk.enterPassword(customer, abby);
  await customer.getByRole('button', { name: 'Use my app' }).click();
  await enter(customer, totp(secret, Date.now() + 30_000));
  await customer.getByRole('heading', { level: 1, name: 'Security' }).waitFor();
});

async function enter(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code', { exact: true }).fill(code);
  await page.getByRole('button', { name: 'Continue' }).click();
}

async function looksRight(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
}
