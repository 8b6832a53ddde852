import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { ask, userId } from '../src/api';
import { Desk } from '../src/desk';
import { overflows, violations } from '../src/look';
import { customers, people } from '../src/people';

let desk: Desk;
let admin: Page;
beforeAll(async () => {
  desk = await Desk.start();
  admin = await desk.page();
  await desk.signIn(admin, people.admin);
});
afterAll(() => desk.stop());

/** Makes and revokes nothing but a reason to tell a customer something, by text too. */
async function makeCodes(): Promise<void> {
  const user = await userId(admin, customers.mobile.email);
  const { prepareBackupCodes } = await ask<{ prepareBackupCodes: { confirmation: { token: string } } }>(
    admin,
    'mutation($user: ID!) { prepareBackupCodes(input: {userId: $user, purpose: LOCKOUT, identityCheck: IN_PERSON, reason: "Lost phone"}) { confirmation { token } } }',
    { user },
  );
  await ask(admin, 'mutation($token: String!) { generateBackupCodes(input: {confirmationToken: $token, handover: IN_PERSON}) { codes } }', {
    token: prepareBackupCodes.confirmation.token,
  });
}

const text = async () => (await desk.sandbox.phone(customers.mobile.phone)).messages.filter((m) => m.body.toLowerCase().includes('backup codes')).length;

test('who may not manage providers is offered none, and told why', async () => {
  const agent = await desk.page();
  await desk.signIn(agent, people.agent);
  expect(await agent.getByRole('link', { name: 'Jobs' }).count()).toBe(0);
  await agent.goto('/admin/settings/jobs');
  await agent.getByRole('alert').filter({ hasText: 'Can manage SMS providers' }).waitFor();
  expect(await violations(agent)).toEqual([]);
});

test('a text that Twilio turned away waits, and is done at once when Twilio is mended', async () => {
  await desk.sandbox.fault({ path: '/2010-04-01', status: 401, code: 20003 });
  const before = await text();
  await makeCodes();
  await admin.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click();
  await admin.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Jobs' }).click();
  const job = admin.getByRole('listitem').filter({ hasText: 'Tell the user what happened, by text or call' }).filter({ hasText: 'tried' });
  await expect.poll(async () => {
    await admin.getByRole('button', { name: 'Refresh' }).click();
    return job.filter({ hasText: 'Waiting' }).count();
  }).toBe(1);
  await job.getByRole('link', { name: /^Mona Mobile/ }).waitFor();
  for (const width of [390, 1440]) {
    await admin.setViewportSize({ width, height: 900 });
    expect(await overflows(admin)).toBe(false);
    expect(await violations(admin)).toEqual([]);
  }

  await desk.sandbox.clearFaults();
  await job.getByRole('button', { name: /^Do now: Mona Mobile/ }).click();
  const dialog = admin.getByRole('dialog', { name: 'Do it again?' });
  await dialog.getByLabel('Why is it done again?').fill('The token is right again');
  expect(await violations(admin)).toEqual([]);
  await dialog.getByRole('button', { name: 'Do it' }).click();
  await admin.getByRole('status').filter({ hasText: 'It is being done.' }).waitFor();
  await expect.poll(text).toBe(before + 1);
  await expect.poll(async () => {
    await admin.getByRole('button', { name: 'Refresh' }).click();
    return job.count();
  }).toBe(0);
});

test('one of which nobody knows is given up, and said so before it is done again', async () => {
  await desk.sandbox.fault({ path: '/2010-04-01', status: 503, times: 1 });
  await makeCodes();
  await admin.getByText('Given up', { exact: true }).click();
  const job = admin.getByRole('listitem').filter({ hasText: 'Nobody knows whether it arrived' });
  await expect.poll(async () => {
    await admin.getByRole('button', { name: 'Refresh' }).click();
    return job.count();
  }).toBe(1);
  expect(admin.url()).toContain('state=GIVEN_UP');
  await job.getByRole('button', { name: /^Do again/ }).click();
  const dialog = admin.getByRole('dialog', { name: 'Do it again?' });
  await dialog.getByText('They may get it twice.').waitFor();
  await dialog.getByRole('button', { name: 'Leave it' }).click();
  await admin.reload();
  await job.waitFor();
});
