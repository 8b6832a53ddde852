import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { Desk } from '../src/desk';
import { kept, overflows, picture, violations } from '../src/look';
import { totp } from '../src/totp';

let desk: Desk;
let page: Page;
beforeAll(async () => {
  desk = await Desk.start();
  page = await desk.page({ width: 390, height: 844 });
});
afterAll(() => desk.stop());

const secret = 'violet tractor seldom rains';
const nora = { email: 'nora@customer.example', phone: '+12025550177' };

/** The secret of the app, and the code that confirmed it. */
let key = '';
let spent = '';

async function looksRight(): Promise<void> {
  for (const size of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
    await page.setViewportSize(size);
    expect(await violations(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
  }
}

/** What the newest mail to Nora says of a kind of thing, once it does. */
async function mailed(what: RegExp): Promise<RegExpExecArray> {
  let found: RegExpExecArray | null = null;
  await expect.poll(async () => (found = what.exec(await desk.factordesk.mailTo(nora.email))), { timeout: 15_000 }).not.toBeNull();
  return found as unknown as RegExpExecArray;
}

describe('a new customer', () => {
  test('registers', async () => {
    await page.goto('/banking/register?institution=harbor');
    await page.getByRole('heading', { level: 1, name: 'Register' }).waitFor();
    await looksRight();
    await page.getByLabel('First name').fill('Nora');
    await page.getByLabel('Last name').fill('New');
    await page.getByLabel('Email address').fill(nora.email);
    await page.getByLabel('Phone number').fill('12');
    await page.getByLabel('New password').fill(secret);
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByText(/Give a phone number with its country code/).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Phone number').fill('(202) 555-0177');
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByText('Look into your mailbox').waitFor();
    await looksRight();
    expect(await kept(page)).not.toContain(secret);
  });

  test('proves the address, then the phone, and chooses a language', async () => {
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByLabel('Email address').fill(nora.email);
    await page.getByLabel('Password', { exact: true }).fill(secret);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Confirm your address' }).waitFor();
    await looksRight();
    await page.getByRole('button', { name: 'Email me a code' }).click();
    const [code] = await mailed(/(?<=\n\n[^]*)\b\d{6}\b/);
    await page.getByLabel('Code', { exact: true }).fill(code);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { level: 1, name: 'Confirm it’s you' }).waitFor();
    await desk.secondFactor(page, nora);

    await page.getByRole('heading', { level: 1, name: 'Almost done' }).waitFor();
    await looksRight();
    await page.goto('/banking/sessions');
    await page.getByRole('heading', { level: 1, name: 'Almost done' }).waitFor();
    await page.getByRole('radio', { name: 'English' }).waitFor();
    await page.getByRole('button', { name: 'Finish' }).click();
    await page.getByRole('heading', { level: 1, name: 'Where you are signed in' }).waitFor();
  });

  test('is asked for an app until there is one', async () => {
    await page.getByRole('link', { name: 'Security', exact: true }).click();
    await page.getByRole('region', { name: 'What to do next' }).getByRole('link').waitFor();
    await looksRight();
    await picture(page, 'banking-security');
    await page.getByRole('link', { name: 'Do it now' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('img', { name: /QR code/ }).waitFor();
    await picture(page, 'banking-app');
    await page.getByText('You can’t scan it?').click();
    key = (await page.locator('[data-secret]').innerText()).replace(/ /g, '');
    spent = totp(key);
    await page.getByLabel('Code that the app shows').fill(spent);
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('link', { name: 'Go to security' }).click();
    await page.getByRole('link', { name: /Authenticator app/ }).waitFor();
    await page.getByRole('region', { name: 'What to do next' }).waitFor({ state: 'detached' });
  });

  test('adds a second phone', async () => {
    await page.getByRole('link', { name: 'Add another' }).click();
    await page.getByRole('link', { name: /Phone/ }).click();
    await page.getByLabel('Phone number').fill('202 555 0178');
    await page.getByLabel('Name').fill('Kitchen');
    await looksRight();
    const sent = await desk.sandbox.codeAfter('+12025550178', () => page.getByRole('button', { name: 'Continue' }).click());
    const field = page.getByLabel('Code that we sent');
    await field.waitFor();
    await looksRight();
    await field.fill(sent === '000000' ? '111111' : '000000');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText(/code is wrong|not right|wrong code/i).waitFor();
    await field.fill(sent);
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('heading', { level: 1, name: 'Your phone is added' }).waitFor();
    await page.getByRole('link', { name: 'Go to security' }).click();
    await page.getByRole('link', { name: /Kitchen/ }).waitFor();
  });

  test('forgets the password, and gets in by a link and a code', async () => {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Forgot your password?' }).click();
    await page.getByLabel('Email address').fill(nora.email);
    await looksRight();
    await page.getByRole('button', { name: 'Mail me a link' }).click();
    await page.getByText('Look into your mailbox').waitFor();
    await looksRight();
    const [link, token = ''] = await mailed(/http:\S+\/banking\/reset-password#(\S+)/);
    expect(token.length).toBeGreaterThan(20);

    await page.goto(link);
    await page.getByRole('heading', { level: 1, name: 'Choose a new password' }).waitFor();
    expect(await kept(page)).not.toContain(token);
    await looksRight();
    await page.getByLabel('New password').fill('seven quiet lanterns drift');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('radio', { name: /authenticator app/ }).check();
    await page.getByRole('button', { name: 'Use my app' }).click();
    // A code is taken once: the app shows another one within half a minute.
    await expect.poll(() => totp(key) !== spent, { timeout: 35_000 }).toBe(true);
    await page.getByLabel('Code', { exact: true }).fill(totp(key));
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { level: 1, name: 'Security' }).waitFor();

    await page.goto('about:blank');
    await page.goto(link);
    await page.getByLabel('New password').fill('seven quiet lanterns drift again');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText(/Ask for another one where you sign in/).waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
