import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Desk } from '../src/desk';
import { kept, overflows, violations } from '../src/look';
import { password, people } from '../src/people';
import { totp } from '../src/totp';

let desk: Desk;
let page: Page;
beforeAll(async () => {
  desk = await Desk.start();
  page = await desk.page();
});
afterAll(() => desk.stop());

const chosen = 'violet tractor seldom rains';
const later = 'copper lantern quietly drifts';

async function looksRight(): Promise<void> {
  for (const size of [{ width: 390, height: 844 }, { width: 1440, height: 900 }]) {
    await page.setViewportSize(size);
    expect(await violations(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
  }
}

const account = () => page.getByRole('link', { name: 'My account', exact: true }).click();

test('staff who forgot their password choose another by a link and a code', async () => {
  await page.goto('/admin/');
  await page.getByRole('button', { name: 'Forgot your password?' }).click();
  await page.getByLabel('Institution').fill(people.agent.institution);
  await page.getByLabel('Email address').fill('nobody@harbor.example');
  await looksRight();
  await page.getByRole('button', { name: 'Mail me a link' }).click();
  const answer = await page.getByRole('status').innerText();
  await page.getByRole('button', { name: 'Back to signing in' }).click();

  await page.getByRole('button', { name: 'Forgot your password?' }).click();
  await page.getByLabel('Institution').fill(people.agent.institution);
  await page.getByLabel('Email address').fill(people.agent.email);
  await page.getByRole('button', { name: 'Mail me a link' }).click();
  expect(await page.getByRole('status').innerText()).toBe(answer);
  await looksRight();

  const mail = /http:\S+(\/admin\/reset-password#(\S+))/;
  await expect.poll(() => desk.factordesk.mailTo(people.agent.email), { timeout: 15_000 }).toMatch(mail);
  const [, link = '', token = ''] = mail.exec(await desk.factordesk.mailTo(people.agent.email)) ?? [];
  await page.goto('about:blank');
  await page.goto(link);
  await page.getByRole('heading', { level: 1, name: 'Choose a new password' }).waitFor();
  expect(await kept(page)).not.toContain(token);
  await page.getByLabel('New password').fill(chosen);
  await looksRight();
  await page.getByRole('button', { name: 'Continue' }).click();
  await desk.secondFactor(page, people.agent);
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  expect(await kept(page)).not.toContain(token);
});

test('they find their account under their name', async () => {
  await page.getByRole('button', { name: new RegExp(people.agent.email) }).click();
  await page.getByRole('menuitem', { name: 'My account' }).click();
  await page.getByRole('heading', { level: 1, name: 'My account' }).waitFor();
  await page.getByText('Only here').waitFor();
  await looksRight();
});

test('they add an app, whose secret goes with the page', async () => {
  await page.getByRole('link', { name: /^Authenticator app/ }).click();
  await page.getByLabel('Name').fill('Tablet');
  await looksRight();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('img', { name: /QR code/ }).waitFor();
  await page.getByText('You can’t scan it?').click();
  const secret = (await page.locator('[data-secret]').innerText()).replace(/ /g, '');
  const shades = () => page.locator('canvas').evaluate((c: HTMLCanvasElement) => new Set(c.getContext('2d')?.getImageData(0, 0, c.width, c.height).data).size);
  await expect.poll(shades).toBeGreaterThan(1);
  await looksRight();
  expect(await kept(page)).not.toContain(secret);
  await page.getByLabel('Code that the app shows').fill(totp(secret));
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByRole('heading', { level: 1, name: 'Your app is connected' }).waitFor();
  expect(await page.content()).not.toContain(secret);
  await page.getByRole('link', { name: 'Go to my account' }).click();
});

test('they add a phone, which counts once its code is entered', async () => {
  const number = '+12025550178';
  await page.getByRole('link', { name: /^Phone/ }).click();
  await page.getByLabel('Phone number').fill(number);
  await page.getByLabel('Name').fill('Desk phone');
  const code = await desk.sandbox.codeAfter(number, () => page.getByRole('button', { name: 'Continue' }).click());
  await page.getByRole('heading', { level: 1, name: 'Confirm your phone' }).waitFor();
  await looksRight();
  await page.getByLabel('Code that we sent').fill(code);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByRole('link', { name: 'Go to my account' }).click();
  await page.getByRole('link', { name: /Desk phone/ }).waitFor();
});

test('they rename a device, put it first, and remove it', async () => {
  await page.getByRole('link', { name: /Desk phone/ }).click();
  await page.getByLabel('Name').fill('Old phone');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: 'Old phone' }).waitFor();
  await page.getByRole('button', { name: 'Offer this first' }).click();
  await page.getByText('Your sign-ins begin with this one.').waitFor();
  expect(await page.title()).not.toContain('Old phone');
  await looksRight();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('dialog', { name: 'Remove Old phone?' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Remove it' }).click();
  await page.getByRole('heading', { level: 1, name: 'My account' }).waitFor();
  await page.getByRole('link', { name: /Old phone/ }).waitFor({ state: 'detached' });
});

test('they change the password, and see where they are signed in', async () => {
  await page.getByRole('link', { name: /^Password/ }).click();
  await page.getByLabel('Password now').fill(password);
  await page.getByLabel('New password').fill(later);
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('This is not your password.').waitFor();
  await looksRight();
  await page.getByLabel('Password now').fill(chosen);
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByRole('heading', { level: 1, name: 'Your password is changed' }).waitFor();
  expect(await kept(page)).not.toContain(later);

  await account();
  await page.getByRole('link', { name: /Where you are signed in/ }).click();
  await page.getByText('You are signed in nowhere else.').waitFor();
  await looksRight();
  await page.getByRole('button', { name: /^Sign out: / }).click();
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
});
