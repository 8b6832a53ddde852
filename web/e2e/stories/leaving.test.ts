import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { userId } from '../src/api';
import { Desk } from '../src/desk';
import { overflows, violations } from '../src/look';
import { customers, password, people } from '../src/people';

let desk: Desk;
let admin: Page;
/** Of a customer who is signed in. */
let customer: Page;
beforeAll(async () => {
  desk = await Desk.start();
  admin = await desk.page();
  await desk.signIn(admin, people.admin);
  customer = await desk.page();
  await desk.signInToBank(customer, customers.mobile);
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

/** Opens a user and returns the part of the page about where they are signed in. */
async function sessionsOf(page: Page, { email }: { email: string }) {
  await page.goto(`/admin/users/${await userId(page, email)}`);
  const part = page.getByRole('region', { name: 'Sessions' });
  await part.waitFor();
  return part;
}

/** Does what a button says, for a reason, and waits until the page says that it is done. */
async function act(page: Page, name: string, why: string, said: RegExp): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill(why);
  await dialog.getByRole('button', { name, exact: true }).click();
  await page.getByRole('status').filter({ hasText: said }).waitFor();
}

const ended = (page: Page) => page.getByRole('heading', { name: 'Your session has ended' }).waitFor();

test('who may not end sessions sees where somebody is signed in, not from which address, and what the act takes', async () => {
  const viewer = await desk.page();
  await desk.signIn(viewer, people.viewer);
  const sessions = await sessionsOf(viewer, customers.mobile);
  await sessions.getByText(/Chrome/).waitFor();
  expect(await sessions.getByText('127.0.0.1').count()).toBe(0);
  expect(await sessions.getByRole('button', { name: 'Sign out everywhere' }).isDisabled()).toBe(true);
  await sessions.getByText('Sign out everywhere: This needs the permission “Can reset 2FA devices”. An administrator can give it to you.').waitFor();
  await sessions.getByText('Close account: This needs the permission “Can reset 2FA devices”. An administrator can give it to you.').waitFor();
  await looksRight(viewer);
});

test('a customer is signed out, whose open page says so', async () => {
  const sessions = await sessionsOf(admin, customers.mobile);
  await sessions.getByText('127.0.0.1').waitFor();

  await sessions.getByRole('button', { name: 'Sign out everywhere' }).click();
  const dialog = admin.getByRole('dialog', { name: 'Sign Mona out everywhere?' });
  await looksRight(admin);
  await dialog.getByRole('button', { name: 'Sign out everywhere' }).click();
  await dialog.getByText('Say why, in a few words').waitFor();
  await dialog.getByLabel('Why are they signed out?').fill('Lost a laptop, ticket 4711');
  await dialog.getByRole('button', { name: 'Sign out everywhere' }).click();

  await sessions.getByRole('status').filter({ hasText: 'Signed out everywhere.' }).waitFor();
  await sessions.getByText('Nowhere.').waitFor();
  await customer.getByRole('link', { name: /Where you are signed in/ }).click();
  await ended(customer);
});

test('the open page of staff who leave stops working, and they can’t sign in until they come back', async () => {
  const leaver = await desk.page();
  await desk.signIn(leaver, people.agent);
  const sessions = await sessionsOf(admin, people.agent);
  await sessions.getByText('127.0.0.1').first().waitFor();

  await act(admin, 'Disable account', 'Left the bank', /The account is disabled/);
  await admin.getByText('Disabled: can’t sign in').waitFor();
  await looksRight(admin);

  await leaver.locator('input[data-search]').fill('landline@');
  await ended(leaver);
  await leaver.getByLabel('Password', { exact: true }).fill(password);
  await leaver.getByRole('button', { name: 'Sign in', exact: true }).click();
  await leaver.getByRole('alert').filter({ hasText: 'Institution, username or password is not right.' }).waitFor();

  await act(admin, 'Enable account', 'Came back', /The account is enabled/);
  await admin.getByText('Disabled: can’t sign in').waitFor({ state: 'detached' });
  await leaver.getByLabel('Password', { exact: true }).fill(password);
  await leaver.getByRole('button', { name: 'Sign in', exact: true }).click();
  await leaver.getByRole('button', { name: 'Text me a code' }).waitFor();
});

test('nobody disables themselves', async () => {
  const sessions = await sessionsOf(admin, people.admin);
  expect(await sessions.getByRole('button', { name: 'Disable account' }).isDisabled()).toBe(true);
  await sessions.getByText('Disable account: Nobody does this on their own account here; ask a colleague.').waitFor();
});

test('a customer’s account is closed for good, and what was sent to them can still be read', async () => {
  const sessions = await sessionsOf(admin, customers.voip);
  await act(admin, 'Close account', 'Moved away', /The account is closed/);
  await admin.getByRole('banner').or(admin.locator('header')).getByText('Closed', { exact: true }).waitFor();
  expect(await sessions.getByRole('button').count()).toBe(0);
  await admin.getByRole('heading', { name: 'Notification history' }).waitFor();
  await looksRight(admin);

  const leaver = await desk.page();
  await desk.enterPassword(leaver, customers.voip);
  await leaver.getByRole('alert').filter({ hasText: 'is not right' }).waitFor();
});
