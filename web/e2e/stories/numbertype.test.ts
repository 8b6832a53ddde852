import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { variablesOf } from '../src/api';
import { Desk } from '../src/desk';
import { overflows, picture, violations } from '../src/look';
import { password, people } from '../src/people';

const lars = { email: 'landline@customer.example', phone: '+12025550102' };

let desk: Desk;
let agent: Page;
let viewer: Page;
beforeAll(async () => {
  desk = await Desk.start();
  agent = await desk.page();
  await desk.signIn(agent, people.agent);
  viewer = await desk.page();
  await desk.signIn(viewer, people.viewer);
});
afterAll(() => desk.stop());

describe('the wrong number type found and fixed', () => {
  test('the page says what was detected, and that codes go by text', async () => {
    await open(agent);
    const phone = agent.getByRole('article', { name: 'My phone' });
    expect(await phone.innerText()).toMatch(/by text, as to a mobile[\s\S]*Detected type\s+Mobile[\s\S]*Nothing: the detected type holds/);
    await agent.getByText('Devices and backup codes are in order').waitFor();
    await seen(agent);
    await picture(agent, 'admin-user');
  });

  test('a change wants a reason', async () => {
    await agent.getByRole('button', { name: 'Communication method' }).click();
    const dialog = agent.getByRole('dialog', { name: 'Communication method' });
    await dialog.getByText('Staff have not changed it. Detected as: mobile.').waitFor();
    await dialog.getByRole('radio', { name: 'Phone call (landline)' }).check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Say why, in a few words').waitFor();
    await focused(agent, 'Reason');
    await seen(agent);
    await picture(agent, 'admin-communication-method');
  });

  test('the next code goes by call, and the page says so', async () => {
    const dialog = agent.getByRole('dialog', { name: 'Communication method' });
    await dialog.getByLabel('Reason').fill('Texts end in 30006: it is a landline');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await agent.getByText('Codes to +1 202-555-0102 now go by call, from the next code on.').waitFor();
    await agent.getByText('Staff set ••• 0102 to landline').waitFor();
    const phone = agent.getByRole('article', { name: 'My phone' });
    await phone.getByText('Reason: Texts end in 30006: it is a landline').waitFor();
    expect(await phone.innerText()).toMatch(/by call, as to a landline[\s\S]*Landline, by Aggie Agent/);
    await seen(agent);

    const before = await desk.sandbox.phone(lars.phone);
    await desk.sandbox.codeAfter(lars.phone, () => sendCodeTo(lars.email));
    const after = await desk.sandbox.phone(lars.phone);
    expect(after.calls.length - before.calls.length).toBe(1);
  });

  test('one press takes it back', async () => {
    await agent.getByRole('button', { name: 'Undo' }).click();
    await agent.getByText('Undone. Codes to +1 202-555-0102 now go by text, from the next code on.').waitFor();
    await agent.getByText('Nothing: the detected type holds').waitFor();
    await agent.getByText('Devices and backup codes are in order').waitFor();
    expect(await agent.getByRole('button', { name: 'Undo' }).count()).toBe(0);
  });

  test('what staff set can be returned to the detected type', async () => {
    await setTo('Phone call (internet phone)', 'Answers on a computer');
    await agent.getByText('as to an internet phone (VoIP)').waitFor();
    await setTo('Return to detected type', 'Has a mobile again');
    await agent.getByText('Nothing: the detected type holds').waitFor();
    // Undoing that puts back what staff had set.
    await agent.getByRole('button', { name: 'Undo' }).click();
    await agent.getByText('Reason: Undid: Has a mobile again').waitFor();
    await agent.getByText('as to an internet phone (VoIP)').waitFor();
  });
});

test('what a colleague changed meanwhile is told, and not written over unseen', async () => {
  const admin = await desk.page();
  await desk.signIn(admin, people.admin);
  await open(admin);
  await agent.reload();
  await agent.getByRole('button', { name: 'Communication method' }).click();
  const dialog = agent.getByRole('dialog', { name: 'Communication method' });
  await setTo('Phone call (landline)', 'Says it is a landline', admin);
  await admin.getByText('Codes to +1 202-555-0102 now go by call, from the next code on.').waitFor();

  await dialog.getByRole('radio', { name: 'Text message' }).check();
  await dialog.getByLabel('Reason').fill('Has a mobile again');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('alert').filter({ hasText: 'A colleague changed this meanwhile: codes now go as to a landline. Nothing was saved.' }).waitFor();
  await dialog.getByText('set it to landline on').waitFor();
  expect(await dialog.getByLabel('Reason').inputValue()).toBe('Has a mobile again');
  await seen(agent);

  await dialog.getByRole('button', { name: 'Save' }).click();
  await agent.getByText('Codes to +1 202-555-0102 now go by text, from the next code on.').waitFor();
  await admin.getByRole('button', { name: 'Undo' }).click();
  await admin.getByRole('alert').filter({ hasText: 'A colleague changed this meanwhile' }).waitFor();
  await admin.close();
});

test('a phone that was removed meanwhile is told, and the devices are read again', async () => {
  await agent.route('**/graphql', async (route) => {
    if (!variablesOf(route.request()).input?.numberType) return route.fallback();
    await route.fulfill({
      json: { data: { updateDeviceNumberType: null }, errors: [{ message: 'There is no such device.', path: ['updateDeviceNumberType'], extensions: { code: 'NOT_FOUND' } }] },
    });
  });
  await setTo('Text message', 'Has a mobile again');
  await agent.getByRole('alert').filter({ hasText: 'There is no such device.' }).waitFor();
  expect(await agent.getByRole('dialog').count()).toBe(0);
  await agent.unroute('**/graphql');
});

test('without the permission the act is seen, and why it is not to be had', async () => {
  await open(viewer);
  const act = viewer.getByRole('button', { name: 'Communication method' });
  expect(await act.isDisabled()).toBe(true);
  const why = await act.getAttribute('aria-describedby');
  expect(await viewer.locator(`[id="${why}"]`).innerText()).toBe('Communication method: This needs the permission “Can update 2FA device number type”. An administrator can give it to you.');
  await seen(viewer);
});

async function open(page: Page): Promise<void> {
  await page.getByLabel('Search users').fill(lars.email);
  await page.getByRole('link', { name: 'Lars Landline' }).click();
  await page.getByRole('heading', { name: 'Lars Landline' }).waitFor();
}

async function setTo(choice: string, reason: string, page = agent): Promise<void> {
  await page.getByRole('button', { name: 'Communication method' }).click();
  const dialog = page.getByRole('dialog', { name: 'Communication method' });
  await dialog.getByRole('radio', { name: choice }).check();
  await dialog.getByLabel('Reason').fill(reason);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
}

const focused = (page: Page, label: string): Promise<unknown> =>
  page.waitForFunction((l) => (document.activeElement as HTMLInputElement | null)?.labels?.[0]?.innerText.includes(l), label);

/** Looks at a page as it is, on a desk and on a phone. */
async function seen(page: Page): Promise<void> {
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await overflows(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
  }
}

/** Signs a customer in, as far as the code being sent. */
async function sendCodeTo(username: string): Promise<void> {
  const { signIn } = await ask<{ signIn: { challenge: { id: string; options: { id: string }[] } } }>(
    'mutation($input: SignInInput!) { signIn(input: $input) { challenge { id options { id } } } }',
    { institution: 'harbor', username, password },
  );
  await ask('mutation($input: SendCodeInput!) { sendCode(input: $input) { expiresAt } }', {
    challengeId: signIn.challenge.id,
    optionId: signIn.challenge.options[0]?.id,
  });
}

async function ask<Data>(query: string, input: Record<string, unknown>): Promise<Data> {
  const answer = await fetch(`${desk.factordesk.url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Factordesk-Client': 'banking' },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const { data, errors } = (await answer.json()) as { data: Data; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}
