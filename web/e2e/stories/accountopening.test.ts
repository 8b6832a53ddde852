import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Desk } from '../src/desk';
import { overflows, violations } from '../src/look';
import { customers, people } from '../src/people';

let desk: Desk;
let admin: Page;
let customer: Page;
beforeAll(async () => {
  desk = await Desk.start({ FACTORDESK_BRAND: 'Acme Desk' });
  [admin, customer] = await Promise.all([desk.page(), desk.page({ width: 390, height: 844 })]);
  await desk.signIn(admin, people.admin);
  await desk.signInToBank(customer, customers.voip);
});
afterAll(() => desk.stop());

/** Chooses how much of the platform harbor uses, and goes to save it. */
async function choose(product: string): Promise<void> {
  await admin.goto('/admin/settings');
  await admin.getByRole('radio', { name: product }).check();
  await admin.getByRole('button', { name: 'Save changes' }).click();
}

test('whoever leaves customers without online banking is told first how many they are', async () => {
  await choose('Account opening only');
  const dialog = admin.getByRole('dialog', { name: 'Save these changes?' });
  await dialog.getByText(/^\d+ customers can't sign in: there is no online banking/).waitFor();
  expect(await violations(admin)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save anyway' }).click();
  await admin.getByText(/^Saved\./).waitFor();
});

test('a customer is signed out, and reads that there is no online banking and whom to call', async () => {
  await customer.reload();
  await customer.getByRole('heading', { level: 1, name: 'Harbor Credit Union has no online banking here' }).waitFor();
  await customer.locator('a[href^="tel:"]').waitFor();
  expect(await customer.getByLabel('Password', { exact: true }).count()).toBe(0);
  expect(await customer.getByRole('button', { name: /New here/ }).count()).toBe(0);
  expect(await violations(customer)).toEqual([]);
  expect(await overflows(customer)).toBe(false);

  await customer.goto('/banking/register?institution=harbor');
  await customer.getByRole('heading', { level: 1, name: 'Harbor Credit Union has no online banking here' }).waitFor();
  expect(await customer.getByLabel('First name').count()).toBe(0);
});

test('staff sign in as ever, by a text under the platform’s name', async () => {
  const agent = await desk.page();
  await desk.signIn(agent, people.agent);
  const read = await fetch(`${desk.factordesk.sandbox}/sandbox/phones/${encodeURIComponent(people.agent.phone)}`);
  const { messages } = (await read.json()) as { messages: { body: string }[] };
  expect(messages[0]?.body).toMatch(/^Acme Desk: \d{6}/);
});

test('with digital banking again the form is back', async () => {
  await choose('Full');
  await admin.getByText(/^Saved\./).waitFor();
  await customer.goto('/banking/?institution=harbor');
  await customer.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
});
