import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userId } from '../src/api';
import { Desk } from '../src/desk';
import { focused, tabTo } from '../src/keyboard';
import { violations } from '../src/look';
import { confirming, ownActs } from '../src/ownAccount';
import { customers, people } from '../src/people';

let desk: Desk;
let admin: Page;
beforeAll(async () => {
  desk = await Desk.start();
  admin = await desk.page();
  await desk.signIn(admin, people.admin);
});
afterAll(() => desk.stop());

const who = people.admin;
const code = () => admin.getByRole('dialog', { name: 'Confirm it’s you' });
const told = (words: string) => admin.getByRole('status').filter({ hasText: words }).waitFor();
const confirmed = (act: () => Promise<void>) => confirming({ desk, page: admin, who }, act);

async function open({ email }: { email: string }, name: string): Promise<void> {
  await admin.goto(`/admin/users/${await userId(admin, email)}`);
  await admin.getByRole('heading', { level: 1, name }).waitFor();
}

describe('with a second factor of twenty minutes ago', () => {
  test('a device is reset', async () => {
    await open(customers.mobile, 'Mona Mobile');
    await admin.getByRole('button', { name: 'Reset: My app' }).click();
    const dialog = admin.getByRole('dialog', { name: 'Reset My app?' });
    await dialog.getByLabel('Why is it reset?').fill('Phone stolen, ticket 4711');
    await confirmed(async () => {
      await dialog.getByRole('button', { name: 'Reset device' }).click();
      await code().getByRole('button', { name: 'Text me a code' }).waitFor();
      expect(await violations(admin)).toEqual([]);
    });
    await told('My app was reset. The user is told.');
    expect(await admin.getByRole('dialog').count()).toBe(0);
  });

  test('backup codes are made', async () => {
    await admin.goto(`/admin/users/${await userId(admin, customers.mobile.email)}/backup-codes`);
    await admin.getByRole('radio', { name: 'Locked out' }).check();
    await admin.getByRole('radio', { name: 'Call-back' }).check();
    await admin.getByLabel('Why are codes needed?').fill('Lost phone, ticket 4711');
    await admin.getByRole('button', { name: 'Continue' }).click();
    await admin.getByRole('radio', { name: 'In person' }).check();
    await confirmed(() => admin.getByRole('button', { name: 'Generate Backup Codes' }).click());
    await admin.getByRole('heading', { name: 'Backup codes for' }).waitFor();
    await admin.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Manage users' }).click();
    await admin.getByRole('dialog', { name: 'Does the user have a code?' }).getByRole('button', { name: 'Leave' }).click();
    await admin.getByRole('heading', { level: 1, name: 'Manage users' }).waitFor();
  });

  test('an account is unfrozen', async () => {
    await open(customers.voip, 'Vera Voip');
    await admin.getByRole('button', { name: 'Communication method' }).click();
    const change = admin.getByRole('dialog', { name: 'Communication method' });
    await change.getByRole('radio', { name: 'Text message' }).check();
    await change.getByLabel('Reason').fill('Asked for texts');
    await change.getByRole('button', { name: 'Save' }).click();
    await told('now go by text, from the next code on');
    const owner = await desk.page();
    await owner.goto(/http:\/\/\S+\/not-you\/\S+/.exec(await desk.factordesk.mailTo(customers.voip.email))?.[0] ?? '');
    await owner.getByRole('button').click();
    await owner.locator('h1.done').waitFor();

    await admin.reload();
    await admin.getByRole('button', { name: 'Unfreeze' }).click();
    const dialog = admin.getByRole('dialog', { name: 'Unfreeze the account?' });
    await dialog.getByLabel('Why is it unfrozen?').fill('Called back, all devices are theirs');
    await confirmed(() => dialog.getByRole('button', { name: 'Unfreeze' }).click());
    await told('The account is unfrozen');
  });

  test('settings are saved', async () => {
    await admin.goto('/admin/settings');
    await admin.getByLabel('Lifetime of backup codes that staff make').fill('2880');
    await confirmed(() => admin.getByRole('button', { name: 'Save changes' }).click());
    await admin.getByText(/^Saved\./).waitFor();
  });

  test('how a phone’s codes go is changed', async () => {
    await open(customers.landline, 'Lars Landline');
    await admin.getByRole('button', { name: 'Communication method' }).click();
    const dialog = admin.getByRole('dialog', { name: 'Communication method' });
    await dialog.getByRole('radio', { name: 'Text message' }).check();
    await dialog.getByLabel('Reason').fill('Asked for texts');
    await confirmed(() => dialog.getByRole('button', { name: 'Save' }).click());
    await told('now go by text, from the next code on');
  });

  test('a pause is lifted', async () => {
    await desk.wrongCodes(customers.landline);
    await admin.reload();
    await admin.getByRole('button', { name: /^Lift pause/ }).click();
    const dialog = admin.getByRole('dialog', { name: 'Lift the pause?' });
    await dialog.getByLabel('Why is it lifted?').fill('Read the code from an older text');
    await confirmed(() => dialog.getByRole('button', { name: 'Lift pause' }).click());
    await told('The pause is lifted');
  });

  test('backup codes are revoked', async () => {
    await open(customers.mobile, 'Mona Mobile');
    await admin.getByRole('button', { name: 'Revoke', exact: true }).click();
    const dialog = admin.getByRole('dialog', { name: 'Revoke backup codes' });
    await dialog.getByLabel('Why are the codes revoked?').fill('Read out to a stranger');
    await confirmed(() => dialog.getByRole('button', { name: 'Revoke codes' }).click());
    await told('10 codes were revoked.');
  });
});

describe('by the keyboard alone', () => {
  const reset = () => admin.getByRole('button', { name: 'Reset: +1 202-555-0101' });
  const dialog = () => admin.getByRole('dialog', { name: 'Reset +1 202-555-0101?' });

  test('Escape closes one dialog after the other, and the focus goes back to where it was', async () => {
    await desk.factordesk.later();
    await open(customers.mobile, 'Mona Mobile');
    await tabTo(admin, reset());
    await admin.keyboard.press('Enter');
    await tabTo(admin, dialog().getByLabel('Why is it reset?'));
    await admin.keyboard.type('Phone stolen, ticket 4711');
    await tabTo(admin, dialog().getByRole('button', { name: 'Reset device' }));
    await admin.keyboard.press('Enter');
    const send = code().getByRole('button', { name: 'Text me a code' });
    await expect.poll(() => focused(send)).toBe(true);

    // Nothing below the code dialog is within reach of the Tab key.
    for (let presses = 0; presses < 12; presses++) {
      await admin.keyboard.press('Tab');
      expect(await code().evaluate((d) => d.contains(document.activeElement))).toBe(true);
    }
    await admin.keyboard.press('Escape');
    await code().waitFor({ state: 'detached' });
    const refused = dialog().getByRole('alert');
    await refused.waitFor();
    await expect.poll(() => focused(refused)).toBe(true);
    expect(await dialog().getByLabel('Why is it reset?').inputValue()).toBe('Phone stolen, ticket 4711');
    await admin.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await expect.poll(() => focused(reset())).toBe(true);
  });

  test('a device is reset', async () => {
    await admin.keyboard.press('Enter');
    await tabTo(admin, dialog().getByLabel('Why is it reset?'));
    await admin.keyboard.type('Phone stolen, ticket 4711');
    await tabTo(admin, dialog().getByRole('button', { name: 'Reset device' }));
    await admin.keyboard.press('Enter');
    const send = code().getByRole('button', { name: 'Text me a code' });
    await expect.poll(() => focused(send)).toBe(true);
    const sent = await desk.sandbox.codeAfter(who.phone, () => admin.keyboard.press('Enter'));
    await expect.poll(() => focused(code().getByLabel('Code', { exact: true }))).toBe(true);
    await admin.keyboard.type(sent);
    await admin.keyboard.press('Enter');
    const done = admin.getByRole('status').filter({ hasText: '+1 202-555-0101 was reset' });
    await done.waitFor();
    await expect.poll(() => focused(done)).toBe(true);
  });
});

describe('in their own account, with a second factor of twenty minutes ago', () => {
  test.each(ownActs)('%s', (_, act) => act({ desk, page: admin, who, home: '/admin/account' }));
});
