import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { userId } from '../src/api';
import { startBrowser } from '../src/browser';
import { startUAT, type UAT } from '../src/factordesk';
import { violations } from '../src/look';
import { password, people } from '../src/people';

let uat: UAT;
let browser: Browser;
beforeAll(async () => {
  [uat, browser] = await Promise.all([startUAT(), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await uat.stop();
});

test('in UAT there is no history, which is not an empty one', async () => {
  const page = await (await browser.newContext({ baseURL: uat.url, reducedMotion: 'reduce' })).newPage();
  await page.goto('/admin/');
  await page.getByText('UAT: no texts or calls are sent; codes go by mail').waitFor();
  await page.getByLabel('Institution').fill(people.agent.institution);
  await page.getByLabel('Email address').fill(people.agent.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  const send = page.getByRole('button', { name: /Text me a code/ });
  await send.waitFor();
  await page.getByLabel('Code', { exact: true }).fill(await uat.codeAfter(() => send.click()));
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();

  await page.goto(`/admin/users/${await userId(page, 'mobile@customer.example')}`);
  const section = page.getByRole('region', { name: 'Notification history' });
  await section.getByRole('button', { name: 'Fetch notification history' }).click();
  await section.getByText('Not available in this environment').waitFor();
  expect(await section.getByRole('table').count()).toBe(0);
  expect(await section.getByText(/^No texts/).count()).toBe(0);
  expect(await violations(page)).toEqual([]);
});
