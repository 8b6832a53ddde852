import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { Desk } from '../src/desk';
import { kept, overflows, violations } from '../src/look';
import { appSecret, customers, password } from '../src/people';
import { totp } from '../src/totp';

let desk: Desk;
let page: Page;
beforeAll(async () => {
  desk = await Desk.start();
  page = await desk.page({ width: 390, height: 844 });
});
afterAll(() => desk.stop());

/** Every page is whole, in the light and in the dark, on a phone and on a desk. */
async function looksRight(): Promise<void> {
  for (const size of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
    await page.setViewportSize(size);
    expect(await violations(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
  }
}

const back = () => page.getByRole('link', { name: 'Security', exact: true }).click();

describe('a customer with a phone and an app', () => {
  test('signs in by the app, whose code stays nowhere', async () => {
    await desk.enterPassword(page, customers.mobile);
    await page.getByRole('radio', { name: 'Code from My app' }).check();
    await page.getByRole('button', { name: 'Use my app' }).click();
    const code = totp(appSecret);
    await page.getByLabel('Code', { exact: true }).fill(code);
    await page.getByText('Your code is not taken?').click();
    await page.getByText(/clock of your phone/).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { level: 1, name: 'Security' }).waitFor();
    expect(await kept(page)).not.toContain(code);
    await page.getByText('Only here').waitFor();
    await looksRight();
  });

  test('names the phone anew, proving in the middle of it who they are', async () => {
    await page.getByRole('link', { name: /My phone/ }).click();
    await page.getByRole('heading', { level: 1, name: 'My phone' }).waitFor();
    expect(await page.title()).not.toContain('My phone');
    await looksRight();
    await desk.factordesk.later();
    await page.getByLabel('Name').fill('Blue phone');
    await page.getByRole('button', { name: 'Save' }).click();

    const dialog = page.getByRole('dialog', { name: 'Confirm it’s you' });
    await dialog.getByRole('button', { name: 'Text me a code' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await desk.secondFactor(page, customers.mobile);
    await page.getByText('Saved.').waitFor();
    await page.getByRole('heading', { level: 1, name: 'Blue phone' }).waitFor();
  });

  test('adds another app, whose secret goes with the page', async () => {
    await back();
    await page.getByRole('link', { name: 'Add another' }).click();
    await page.getByRole('link', { name: /Authenticator app/ }).waitFor();
    await looksRight();
    await page.getByRole('link', { name: /Authenticator app/ }).click();
    await page.getByLabel('Name').fill('Tablet');
    await looksRight();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('img', { name: /QR code/ }).waitFor();
    await page.getByText('You can’t scan it?').click();
    const secret = (await page.locator('[data-secret]').innerText()).replace(/ /g, '');
    const link = await page.getByRole('link', { name: 'Open my app on this phone' }).getAttribute('href');
    expect(link).toMatch(/^otpauth:\/\/totp\//);
    expect(link).toContain(secret);
    // The picture is drawn: its finder patterns are black, what is around them is white.
    const shades = () => page.locator('canvas').evaluate((c: HTMLCanvasElement) => new Set(c.getContext('2d')?.getImageData(0, 0, c.width, c.height).data).size);
    await expect.poll(shades).toBeGreaterThan(1);
    await looksRight();

    const field = page.getByLabel('Code that the app shows');
    const right = totp(secret);
    await field.fill(right === '123456' ? '654321' : '123456');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText(/code is wrong|not right|wrong code/i).waitFor();
    expect(await kept(page)).not.toContain(secret);
    await field.fill(totp(secret));
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('heading', { level: 1, name: 'Your app is connected' }).waitFor();
    expect(await page.content()).not.toContain(secret);
    await looksRight();
    await page.getByRole('link', { name: 'Go to security' }).click();
    await page.getByRole('link', { name: /Tablet/ }).waitFor();
  });

  test('puts an app first, takes the phone off, and keeps the last way', async () => {
    await page.getByRole('link', { name: /Tablet/ }).click();
    await page.getByRole('button', { name: 'Offer this first' }).click();
    await page.getByText('Your sign-ins begin with this one.').waitFor();
    await back();
    for (const name of ['Blue phone', 'My app']) {
      await page.getByRole('link', { name: new RegExp(name) }).click();
      await page.getByRole('button', { name: 'Remove', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: `Remove ${name}?` });
      await dialog.waitFor();
      expect(await violations(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Remove it' }).click();
      await page.getByRole('heading', { level: 1, name: 'Security' }).waitFor();
      await page.getByRole('link', { name: new RegExp(name) }).waitFor({ state: 'detached' });
    }
    await page.getByRole('link', { name: /Tablet/ }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('button', { name: 'Remove it' }).click();
    await page.getByRole('dialog').getByRole('alert').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Cancel' }).click();
  });
});

describe('a customer with a phone', () => {
  test('sees where they are signed in, and ends it elsewhere', async () => {
    const other = await desk.page();
    await desk.signInToBank(other, customers.voip);
    page = await desk.page({ width: 390, height: 844 });
    await desk.enterPassword(page, customers.voip);
    const send = page.getByRole('button', { name: 'Call me with a code' });
    await send.click();
    // A phone gets one code in 30 seconds; the page says when the next may be had.
    const wait = page.getByText(/Try again in \d+ s/);
    await wait.waitFor();
    await wait.waitFor({ state: 'hidden', timeout: 40_000 });
    await desk.secondFactor(page, customers.voip);
    await page.getByText('In 2 places').waitFor();
    await page.getByRole('link', { name: /Where you are signed in/ }).click();
    await page.getByText('This one').waitFor();
    await looksRight();
    await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
    await page.getByText('Signed out in one other place.').waitFor();
    await page.getByText('This one').waitFor();
    expect(await page.getByRole('listitem').count()).toBe(1);

    await other.getByRole('link', { name: /Where you are signed in/ }).click();
    await other.getByRole('heading', { name: 'Your session has ended' }).waitFor();
  }, 120_000);

  test('changes the password to one that is good enough', async () => {
    await back();
    await page.getByRole('link', { name: /Password/ }).click();
    const [now, next] = [page.getByLabel('Password now'), page.getByLabel('New password')];
    expect([await now.getAttribute('autocomplete'), await next.getAttribute('autocomplete')]).toEqual(['current-password', 'new-password']);
    await looksRight();
    const change = page.getByRole('button', { name: 'Change password' });
    await now.fill('not-the-password');
    await next.fill('violet tractor seldom rains');
    await change.click();
    await page.getByText('This is not your password.').waitFor();
    await now.fill(password);
    await next.fill('password1234');
    await change.click();
    await page.getByText(/anybody would try/).waitFor();
    expect(await violations(page)).toEqual([]);
    await next.fill('violet tractor seldom rains');
    await change.click();
    await page.getByRole('heading', { level: 1, name: 'Your password is changed' }).waitFor();
    expect(await kept(page)).not.toContain('violet tractor');
  });
});

describe('a customer of a bank that permits backup codes', () => {
  test('makes some, which are shown once', async () => {
    page = await desk.page({ width: 390, height: 844 });
    await desk.signInToBank(page, { institution: 'summit', email: 'mobile@customer.example', phone: '+12025550111' });
    await page.getByRole('link', { name: /Backup codes/ }).click();
    await page.getByText('You have none of your own.').waitFor();
    await looksRight();
    await page.getByRole('button', { name: 'Make codes' }).click();
    const list = page.getByRole('list', { name: 'Your backup codes' });
    const code = (await list.getByRole('listitem').first().innerText()).trim();
    expect(code).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}$/);
    await looksRight();
    expect(await kept(page)).not.toContain(code);
    await page.getByRole('button', { name: 'I have them' }).click();
    await page.getByText(/10 of 10 are left/).waitFor();
    expect(await page.content()).not.toContain(code);
  });
});
