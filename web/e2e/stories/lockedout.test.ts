import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Desk } from '../src/desk';
import { overflows, violations } from '../src/look';
import { customers, people } from '../src/people';
import { totp } from '../src/totp';

const lars = customers.landline;

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.start();
});
afterAll(() => desk.stop());

test('a customer without their phone is helped by staff, from the first call to a new app', { timeout: 180_000 }, async () => {
  const [admin, customer] = [await desk.page(), await desk.page({ width: 390 })];
  await desk.signIn(admin, people.admin);

  // The phone is gone, and with it the only way to get a code.
  await desk.enterPassword(customer, lars);
  await customer.getByRole('button', { name: 'Text me a code' }).waitFor();

  // So Lars calls. Staff look him up, and take the phone off his account.
  await admin.getByLabel('Search users').fill(lars.email);
  await admin.getByRole('link', { name: 'Lars Landline' }).click();
  await admin.getByRole('button', { name: 'Reset: +1 202-555-0102' }).click();
  await admin.getByText('It is the last device that signs them in').waitFor();
  await admin.getByLabel('Why is it reset?').fill('Phone stolen, ticket 4711');
  await admin.getByRole('button', { name: 'Reset device' }).click();
  await admin.getByText('Nothing signs them in now').waitFor();

  // That leaves him no way in, the password alone is none; so they make backup codes and read one out.
  await customer.getByRole('button', { name: 'Text me a code' }).click();
  await customer.getByRole('alert').waitFor();
  await admin.getByRole('link', { name: 'generate backup codes', exact: true }).click();
  const [code = '', spare = ''] = await generated(admin);

  // Lars signs in with it in his browser, and is known to have no more than that.
  await customer.goto('about:blank'); // he comes back later, to begin anew
  await byBackupCode(customer, code);
  expect(await violations(customer)).toEqual([]);
  expect(await overflows(customer)).toBe(false);

  // He sets up an app on his new phone.
  await customer.getByRole('link', { name: 'Add another' }).click();
  await customer.getByRole('link', { name: /^Authenticator app/ }).click();
  await customer.getByRole('button', { name: 'Continue' }).click();
  const link = (await customer.getByRole('link', { name: 'Open my app on this phone' }).getAttribute('href')) ?? '';
  const secret = new URL(link).searchParams.get('secret') ?? '';
  const first = totp(secret);
  await customer.getByLabel('Code that the app shows').fill(first);
  await customer.getByRole('button', { name: 'Confirm' }).click();
  await customer.getByRole('heading', { level: 1, name: 'Your app is connected' }).waitFor();

  // From now on the app signs him in. Its code works once, so the next one does.
  await customer.getByRole('button', { name: 'Sign out' }).click();
  await customer.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  await desk.enterPassword(customer, lars);
  const app = customer.getByRole('button', { name: 'Use my app' });
  await app.click();
  await customer.getByLabel('Code', { exact: true }).fill(totp(secret, Date.now() + 30_000));
  await customer.getByRole('button', { name: 'Continue' }).click();
  await customer.getByRole('heading', { level: 1, name: 'Security' }).waitFor();

  // Staff see it, and that one code was used. He was told by mail of the reset, the codes, the one used and the app.
  await admin.goto('/admin/users');
  await admin.getByLabel('Search users').fill(lars.email);
  await admin.getByRole('link', { name: 'Lars Landline' }).click();
  await admin.getByRole('article', { name: 'Authenticator app' }).getByText('In use').waitFor();
  await admin.getByText('9 of 10 codes left').waitFor();
  expect(await desk.factordesk.mailTo(lars.email, 3)).not.toMatch(new RegExp(`${code}|${spare}`));
});

/** Makes backup codes as staff do, and returns them. */
async function generated(admin: Page): Promise<string[]> {
  await admin.getByRole('radio', { name: 'Locked out' }).check();
  await admin.getByRole('radio', { name: 'Call-back' }).check();
  await admin.getByLabel('Why are codes needed?').fill('Phone stolen, ticket 4711');
  await admin.getByRole('button', { name: 'Continue' }).click();
  await admin.getByRole('radio', { name: 'Phone call' }).check();
  await admin.getByRole('button', { name: 'Generate Backup Codes' }).click();
  await admin.getByRole('heading', { name: 'Backup codes for Lars Landline' }).waitFor();
  return admin.getByRole('main').locator('code').allTextContents();
}

/** Signs Lars in by a backup code. */
async function byBackupCode(customer: Page, code: string): Promise<void> {
  await desk.enterPassword(customer, lars);
  await customer.getByRole('button', { name: 'Use a backup code' }).click();
  await customer.getByLabel('Code', { exact: true }).fill(code.toLowerCase());
  await customer.getByRole('button', { name: 'Continue' }).click();
  await customer.getByRole('heading', { level: 1, name: 'Security' }).waitFor();
}
