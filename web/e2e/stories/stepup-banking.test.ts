import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Desk } from '../src/desk';
import { focused, tabTo } from '../src/keyboard';
import { violations } from '../src/look';
import { confirming, ownActs } from '../src/ownAccount';
import { customers } from '../src/people';

let desk: Desk;
let page: Page;
beforeAll(async () => {
  desk = await Desk.start();
  page = await desk.page({ width: 390, height: 844 });
  await desk.signInToBank(page, customers.mobile);
});
afterAll(() => desk.stop());

const who = customers.mobile;
const code = () => page.getByRole('dialog', { name: 'Confirm it’s you' });
const remove = () => page.getByRole('dialog', { name: 'Remove My app?' });

describe('a lost device is taken off by the keyboard alone', () => {
  test('but not while the code is refused: Escape closes one dialog after the other', async () => {
    await desk.factordesk.later();
    await page.getByRole('link', { name: /My app/ }).click();
    const button = page.getByRole('button', { name: 'Remove', exact: true });
    await tabTo(page, button);
    await page.keyboard.press('Enter');
    await tabTo(page, remove().getByRole('button', { name: 'Remove it' }));
    await page.keyboard.press('Enter');
    await code().getByRole('button', { name: 'Text me a code' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await code().waitFor({ state: 'detached' });
    await remove().getByRole('alert').waitFor();
    await page.keyboard.press('Escape');
    await remove().waitFor({ state: 'detached' });
    await expect.poll(() => focused(button)).toBe(true);
  });

  test('once the code is entered', async () => {
    await page.keyboard.press('Enter');
    await tabTo(page, remove().getByRole('button', { name: 'Remove it' }));
    await page.keyboard.press('Enter');
    const send = code().getByRole('button', { name: 'Text me a code' });
    await expect.poll(() => focused(send)).toBe(true);
    const sent = await desk.sandbox.codeAfter(who.phone, () => page.keyboard.press('Enter'));
    await expect.poll(() => focused(code().getByLabel('Code', { exact: true }))).toBe(true);
    await page.keyboard.type(sent);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Security' }).waitFor();
    await page.getByRole('link', { name: /My app/ }).waitFor({ state: 'detached' });
  });
});

describe('with a second factor of twenty minutes ago', () => {
  test.each(ownActs)('%s', (_, act) => act({ desk, page, who, home: '/banking' }));

  test('an address is added, and backup codes are made, where the bank permits it', async () => {
    const milo = { institution: 'summit', email: 'mobile@customer.example', phone: '+12025550111' };
    const other = await desk.page({ width: 390, height: 844 });
    await desk.signInToBank(other, milo);
    const at = { desk, page: other, who: milo };
    await other.goto('/banking/add/email');
    await other.getByLabel('Email address').fill('milo@customer.example');
    await confirming(at, () => other.getByRole('button', { name: 'Continue' }).click());
    await other.getByRole('heading', { level: 1, name: 'Confirm your address' }).waitFor();

    await other.goto('/banking/backup-codes');
    await confirming(at, () => other.getByRole('button', { name: 'Make codes' }).click());
    await other.getByRole('list', { name: 'Your backup codes' }).waitFor();
  });
});
