import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, userId } from '../src/api';
import { Desk } from '../src/desk';
import { overflows, picture, violations } from '../src/look';
import { people } from '../src/people';

let desk: Desk;
let admin: Page;
let agent: Page;
let mona: string;
let lars: string;

const readHistory = 'query($user: ID!) { user(id: $user) { notificationHistory(source: LOG) { stale } } }';
const setType = `mutation($device: ID!) {
  updateDeviceNumberType(input: { deviceId: $device, numberType: LANDLINE, reason: "Texts end in 30006" }) { device { id } } }`;

beforeAll(async () => {
  desk = await Desk.start();
  [admin, agent] = await Promise.all([desk.page(), desk.page()]);
  await desk.signIn(agent, people.agent);
  mona = await userId(agent, 'mobile@customer.example');
  lars = await userId(agent, 'landline@customer.example');
  for (let i = 0; i < 26; i++) await ask(agent, readHistory, { user: mona });
  const found = await ask<{ user: { devices: { id: string }[] } }>(agent, 'query($user: ID!) { user(id: $user) { devices { id } } }', { user: lars });
  await ask(agent, setType, { device: found.user.devices[0]?.id });
  await desk.signIn(admin, people.admin);
});
afterAll(() => desk.stop());

const entries = () => admin.getByRole('table', { name: 'Entries' }).getByRole('row').filter({ has: admin.getByRole('cell') });

async function looksRight(page: Page): Promise<void> {
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await violations(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
  }
}

describe('the audit log', () => {
  test('tells an administrator what an agent did, to whom and why', async () => {
    await admin.getByRole('link', { name: 'Audit log' }).click();
    const changed = entries().filter({ hasText: 'Set a number type' });
    await changed.getByRole('link', { name: 'Aggie Agent', exact: true }).waitFor();
    await changed.getByRole('link', { name: 'Lars Landline', exact: true }).waitFor();
    await changed.getByText('A device of theirs').waitFor();
    await changed.getByText('Done').waitFor();
    await changed.getByText('Texts end in 30006').waitFor();
    await picture(admin, 'admin-audit');
    await looksRight(admin);
  });

  test('goes on from page to page, without a gap', async () => {
    await admin.goto('/admin/audit');
    expect(await entries().count().then(() => entries().first().waitFor().then(() => entries().count()))).toBe(25);
    const last = Number(await entries().last().getByRole('cell').first().textContent());
    await admin.getByRole('link', { name: 'Older entries' }).click();
    await admin.getByRole('link', { name: 'Newest entries' }).waitFor();
    await entries().filter({ has: admin.getByRole('cell', { name: String(last - 1), exact: true }) }).waitFor();
    await looksRight(admin);
    await admin.goBack();
    await entries().filter({ has: admin.getByRole('cell', { name: String(last), exact: true }) }).waitFor();
  });

  test('is filtered by what, by whom and by day, in its address', async () => {
    await admin.goto('/admin/audit');
    await admin.getByLabel('What was done').selectOption('Set a number type');
    await admin.getByRole('combobox', { name: 'Who did it' }).fill('aggie');
    await admin.getByRole('option', { name: 'Aggie Agent (agent@harbor.example)' }).click();
    await admin.getByRole('button', { name: 'Apply' }).click();
    await admin.waitForURL(/action=UPDATE_NUMBER_TYPE/);
    await entries().filter({ hasText: 'Lars Landline' }).first().waitFor();
    expect(await entries().count()).toBe(1);
    expect(await admin.getByRole('combobox', { name: 'Who did it' }).inputValue()).toBe('Aggie Agent (agent@harbor.example)');

    await admin.getByLabel('To day').fill('2020-01-01');
    await admin.getByRole('button', { name: 'Apply' }).click();
    await admin.getByText('Nothing on record matches these filters').waitFor();
    await looksRight(admin);
    await admin.getByRole('link', { name: 'Clear' }).click();
    await entries().nth(1).waitFor();
  });

  test('is opened from a user, and follows a person at a click', async () => {
    await admin.goto(`/admin/audit?target=${lars}`);
    // Who looked at the user stands there, too.
    const set = entries().filter({ hasText: 'Set a number type' });
    await set.waitFor();
    expect(await entries().filter({ hasNotText: 'Lars Landline' }).count()).toBe(0);
    await set.getByRole('link', { name: 'Only what Aggie Agent did' }).click();
    await admin.waitForURL(/actor=usr_/);
    await admin.getByRole('link', { name: 'Clear' }).click();
    await entries().filter({ hasText: 'Mona Mobile' }).first().waitFor();
  });

  test('is not for an agent, by whatever way', async () => {
    expect(await agent.getByRole('link', { name: 'Audit log' }).count()).toBe(0);
    await agent.goto('/admin/audit');
    await agent.getByRole('alert').filter({ hasText: 'Not allowed' }).waitFor();
    expect(await agent.getByRole('table').count()).toBe(0);
    await looksRight(agent);
  });
});
