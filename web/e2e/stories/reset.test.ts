import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userId, variablesOf } from '../src/api';
import { Desk } from '../src/desk';
import { overflows, picture, violations } from '../src/look';
import { customers, people } from '../src/people';
import { isStream } from '../src/streams';

let desk: Desk;
let admin: Page;
beforeAll(async () => {
  desk = await Desk.start();
  admin = await desk.page();
  await desk.signIn(admin, people.admin);
});
afterAll(() => desk.stop());

/** Nothing that axe finds, and nothing wider than a phone or a desk's screen. */
async function looksRight(page: Page): Promise<void> {
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await overflows(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
  }
}

async function open(page: Page, { email }: { email: string }, name: string): Promise<void> {
  await page.goto(`/admin/users/${await userId(page, email)}`);
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

test('who may not reset devices sees that it can be done, and what it takes', async () => {
  const viewer = await desk.page();
  await desk.signIn(viewer, people.viewer);
  await open(viewer, customers.mobile, 'Mona Mobile');
  for (const act of await viewer.getByRole('button', { name: /^Reset: / }).all()) {
    expect(await act.isDisabled()).toBe(true);
    const why = await act.getAttribute('aria-describedby');
    expect(await viewer.locator(`[id="${why}"]`).innerText()).toBe('Reset: This needs the permission “Can reset 2FA devices”. An administrator can give it to you.');
  }
  expect(await viewer.getByRole('button', { name: /^Lift pause/ }).count()).toBe(0);
  await looksRight(viewer);
});

describe('a lost device', () => {
  test('is reset once staff have read what that does', async () => {
    await open(admin, customers.mobile, 'Mona Mobile');
    const button = admin.getByRole('button', { name: /^Reset: (?!\+)/ });
    await button.click();
    const dialog = admin.getByRole('dialog', { name: /^Reset / });
    await dialog.getByText('They can still sign in with +1 202-555-0101.').waitFor();
    await looksRight(admin);
    await dialog.getByRole('button', { name: 'Keep the device' }).click();
    expect(await button.evaluate((b) => b === document.activeElement)).toBe(true);

    await button.click();
    await dialog.getByRole('button', { name: 'Reset device' }).click();
    await dialog.getByText('Say why, in a few words').waitFor();
    await dialog.getByLabel('Why is it reset?').fill('Phone stolen, ticket 4711');
    await dialog.getByRole('button', { name: 'Reset device' }).click();
    await admin.getByRole('status').filter({ hasText: 'was reset. The user is told.' }).waitFor();
    await button.waitFor({ state: 'detached' });
  });

  test('that is the last one says who may make the codes that are needed then, to who may not', async () => {
    const refused = '"generateBackupCodes":{"__typename":"Allowance","allowed":false,"reason":"Ask Bea for it."}';
    await admin.route('**/graphql', async (route) => {
      if (isStream(route)) return route.fallback();
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.text()).replace(/"generateBackupCodes":{[^}]*}/g, refused) });
    });
    await admin.reload();
    await admin.getByRole('button', { name: 'Reset: +1 202-555-0101' }).click();
    const dialog = admin.getByRole('dialog', { name: 'Reset +1 202-555-0101?' });
    await dialog.getByText('a backup code, which you can’t make: Ask Bea for it.').waitFor();
    await dialog.getByRole('button', { name: 'Keep the device' }).click();
    await admin.unrouteAll({ behavior: 'wait' });
    await admin.reload();
  });

  test('that is the last one leads on to backup codes', async () => {
    await admin.getByRole('button', { name: 'Reset: +1 202-555-0101' }).click();
    const dialog = admin.getByRole('dialog', { name: 'Reset +1 202-555-0101?' });
    await dialog.getByText('It is the last device that signs them in').waitFor();
    await looksRight(admin);
    await picture(admin, 'admin-reset');
    await dialog.getByLabel('Why is it reset?').fill('Phone stolen, ticket 4711');
    await dialog.getByRole('button', { name: 'Reset device' }).click();

    const done = admin.getByRole('status').filter({ hasText: '+1 202-555-0101 was reset' });
    await admin.getByText('No two-factor device').waitFor();
    expect(await done.evaluate((element) => element === document.activeElement)).toBe(true);
    await looksRight(admin);
    await done.getByRole('link', { name: 'generate backup codes' }).click();
    await admin.getByRole('heading', { name: 'Generate backup codes' }).waitFor();
  });

  test('that is gone already is told, and the devices are read again', async () => {
    await open(admin, customers.landline, 'Lars Landline');
    let refused = false;
    await admin.route('**/graphql', async (route) => {
      if (refused || !variablesOf(route.request()).input) return route.fallback();
      refused = true;
      await route.fulfill({
        json: { data: { resetDevice: null }, errors: [{ message: 'There is no such device.', path: ['resetDevice'], extensions: { code: 'NOT_FOUND' } }] },
      });
    });
    await admin.getByRole('button', { name: /^Reset: / }).click();
    const dialog = admin.getByRole('dialog', { name: /^Reset / });
    await dialog.getByLabel('Why is it reset?').fill('Lost');
    await dialog.getByRole('button', { name: 'Reset device' }).click();
    await admin.getByRole('alert').filter({ hasText: 'There is no such device.' }).waitFor();
    expect(await admin.getByRole('dialog').count()).toBe(0);
  });
});

describe('a pause', () => {
  test('is seen where it is, until it ends', async () => {
    // Longer than wrong codes make it, for as long as it is looked at.
    const later = new Date(Date.now() + 3_600_000).toISOString();
    await admin.route('**/graphql', async (route) => {
      if (isStream(route)) return route.fallback();
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.text()).replaceAll('"pausedUntil":null', `"pausedUntil":"${later}"`) });
    });
    await open(admin, customers.landline, 'Lars Landline');
    await admin.getByText('Paused by wrong codes').waitFor();
    await admin.getByRole('button', { name: 'Lift pause: +1 202-555-0102' }).click();
    const dialog = admin.getByRole('dialog', { name: 'Lift the pause?' });
    await looksRight(admin);

    await dialog.getByLabel('Why is it lifted?').fill('Mistyped');
    await dialog.getByRole('button', { name: 'Lift pause' }).click();
    await admin.getByRole('alert').filter({ hasText: 'No device of this user is paused any more.' }).waitFor();
    await admin.unrouteAll({ behavior: 'wait' });
    await admin.reload();
    await admin.getByText('In use').waitFor();
    expect(await admin.getByRole('button', { name: /^Lift pause/ }).count()).toBe(0);
  });

  test('is lifted', async () => {
    await desk.wrongCodes(customers.landline);
    await admin.reload();
    await admin.getByText('••• 0102 is paused').waitFor();
    await admin.getByRole('button', { name: /^Lift pause/ }).click();
    const dialog = admin.getByRole('dialog', { name: 'Lift the pause?' });
    await dialog.getByLabel('Why is it lifted?').fill('Read the code from an older text');
    await dialog.getByRole('button', { name: 'Lift pause' }).click();
    await admin.getByRole('status').filter({ hasText: 'The pause is lifted' }).waitFor();
    await admin.getByText('In use').waitFor();
    expect(await admin.getByRole('button', { name: /^Lift pause/ }).count()).toBe(0);
  });
});

test('an account that its owner froze is looked through, then unfrozen', async () => {
  await open(admin, customers.voip, 'Vera Voip');
  await admin.getByRole('button', { name: 'Communication method' }).click();
  const change = admin.getByRole('dialog', { name: 'Communication method' });
  await change.getByRole('radio', { name: 'Text message' }).check();
  await change.getByLabel('Reason').fill('Asked for texts');
  await change.getByRole('button', { name: 'Save' }).click();
  await admin.getByText('now go by text, from the next code on').waitFor();

  // The owner is told, and it was not them.
  const mail = await desk.factordesk.mailTo(customers.voip.email);
  const owner = await desk.page({ width: 390 });
  await owner.goto(/http:\/\/\S+\/not-you\/\S+/.exec(mail)?.[0] ?? '');
  await owner.getByRole('button').click();
  await owner.locator('h1.done').waitFor();

  await admin.reload();
  const card = admin.getByRole('region', { name: 'Account frozen by its owner' });
  await card.getByText('Device changes are frozen').waitFor();
  await looksRight(admin);
  await card.getByRole('button', { name: 'Unfreeze' }).click();
  const dialog = admin.getByRole('dialog', { name: 'Unfreeze the account?' });
  await looksRight(admin);
  await dialog.getByLabel('Why is it unfrozen?').fill('Called back, all devices are theirs');
  await dialog.getByRole('button', { name: 'Unfreeze' }).click();
  await admin.getByRole('status').filter({ hasText: 'The account is unfrozen' }).waitFor();
  await card.waitFor({ state: 'detached' });
  await admin.getByText('Active').waitFor();
});
