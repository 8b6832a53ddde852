import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Desk } from '../src/desk';
import { overflows, violations } from '../src/look';
import { people } from '../src/people';

const joiner = { institution: 'harbor', email: 'jo@harbor.example', phone: '+12025550161' };

let desk: Desk;
let link = '';
beforeAll(async () => {
  desk = await Desk.start();
  const admin = await desk.page();
  await desk.signIn(admin, people.admin);
  await admin.goto('/admin/settings/staff');
  await admin.getByRole('link', { name: 'Invite staff' }).click();
  await admin.getByRole('heading', { level: 1, name: 'Invite staff' }).waitFor();
  await admin.getByRole('button', { name: 'Send the invitation' }).click();
  await admin.getByRole('alert').getByText('Give the first name').first().waitFor();
  await admin.getByRole('textbox', { name: 'Email address' }).fill('viewer@harbor.example');
  await admin.getByRole('textbox', { name: 'First name' }).fill('Jo');
  await admin.getByRole('textbox', { name: 'Last name' }).fill('Joiner');
  await admin.getByRole('checkbox', { name: 'Viewer' }).check();
  await looksRight(admin);
  await admin.getByRole('button', { name: 'Send the invitation' }).click();
  await admin.getByRole('alert').filter({ hasText: 'account' }).waitFor();
  await admin.getByRole('textbox', { name: 'Email address' }).fill(joiner.email);
  await admin.getByRole('button', { name: 'Send the invitation' }).click();
  await admin.getByRole('status').getByText(`The invitation is on its way to ${joiner.email}.`).waitFor();
  await looksRight(admin);
  await admin.getByRole('link', { name: 'Staff', exact: true }).first().click();
  await admin.getByRole('link', { name: 'Jo Joiner' }).click();
  await admin.getByText('Invited until').waitFor();
  await admin.getByRole('link', { name: 'Invite Jo again' }).click();
  await admin.getByRole('button', { name: 'Invite again' }).waitFor();
  expect(await admin.getByRole('textbox', { name: 'Email address' }).inputValue()).toBe(joiner.email);
  expect(admin.url()).not.toContain('jo');
  link = /http:\/\/\S+\/admin\/invitation#\S+/.exec(await desk.factordesk.mailTo(joiner.email))?.[0] ?? '';
});
afterAll(() => desk.stop());

async function looksRight(page: Page): Promise<void> {
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await overflows(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
  }
}

test('who is invited chooses a password and a phone, and is signed in', async () => {
  const page = await desk.page();
  await page.goto(link);
  await page.getByText(/invites you, Jo, to the Factordesk of/).waitFor();
  expect(page.url()).not.toContain('#');
  await looksRight(page);

  await page.getByLabel('Phone number').fill('202 555 0161');
  await page.getByLabel('New password').fill('kettle-moss-lantern');
  await page.getByRole('button', { name: 'Continue' }).click();
  await desk.secondFactor(page, joiner);
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  await page.getByRole('button', { name: 'Jo Joiner, signed in as jo@harbor.example' }).waitFor();
});

test('the link works once, and says so', async () => {
  const page = await desk.page();
  await page.goto(link);
  await page.getByText('Ask the person who invited you.').waitFor();
  await looksRight(page);
  await page.getByRole('button', { name: 'Go to the sign-in' }).click();
  await page.getByLabel('Email address').waitFor();
});
