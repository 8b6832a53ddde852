import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, userId } from '../src/api';
import { Desk } from '../src/desk';
import { overflows, violations } from '../src/look';
import { people } from '../src/people';

const mia = 'mobile@customer.example';

let desk: Desk;
let admin: Page;
let customer: Page;
let link: string;
beforeAll(async () => {
  desk = await Desk.start();
  admin = await desk.page();
  await desk.signIn(admin, people.admin);
  customer = await desk.page({ width: 390, height: 844 });
});
afterAll(() => desk.stop());

describe('a customer is told of backup codes that she did not ask for', () => {
  test('the mail says whom to call, and has a link', async () => {
    const id = await userId(admin, mia);
    const { prepareBackupCodes } = await ask<{ prepareBackupCodes: { confirmation: { token: string } } }>(
      admin,
      `mutation($id: ID!) { prepareBackupCodes(input: { userId: $id, purpose: LOCKOUT, reason: "Says she lost her phone", identityCheck: CALL_BACK }) {
        confirmation { token } } }`,
      { id },
    );
    await ask(admin, 'mutation($token: String!) { generateBackupCodes(input: { confirmationToken: $token, handover: PHONE_CALL }) { expiresAt } }', {
      token: prepareBackupCodes.confirmation.token,
    });
    const mail = await desk.factordesk.mailTo(mia);
    expect(mail).toContain('Backup codes for signing in to your account were made.\n\nNot you? Call us at once at +1 202-555-0199.');
    link = /http:\S+\/not-you\/\S+/.exec(mail)?.[0] ?? '';
    expect(link.startsWith(`${desk.factordesk.url}/not-you/en-`)).toBe(true);
  });

  test('the page asks, and does nothing by itself', async () => {
    await customer.goto(link);
    await customer.getByRole('heading', { level: 1, name: 'Was this not you?' }).waitFor();
    expect(await customer.getByRole('listitem').count()).toBe(5);
    await customer.keyboard.press('Tab');
    expect(await customer.evaluate(() => document.activeElement?.textContent)).toBe('It was not me: protect my account');
    await seen(customer);
    expect(await state()).toEqual({ status: 'ACTIVE', backupCodes: { remaining: 10 } });
  });

  test('its button protects the account', async () => {
    await customer.getByRole('button', { name: 'It was not me: protect my account' }).click();
    await customer.getByRole('heading', { level: 1, name: 'Your account is protected' }).waitFor();
    await customer.getByText('Call Harbor Credit Union now').waitFor();
    await seen(customer);
    expect(await state()).toEqual({ status: 'FROZEN', backupCodes: { remaining: 0 } });
    expect(await desk.factordesk.mailTo(mia, 1)).toContain("The devices of your account can't be changed until you have spoken to us.");
  });

  test('a second press does nothing, and says so', async () => {
    await customer.goto(link);
    await customer.getByRole('button').click();
    await customer.getByRole('heading', { level: 1, name: 'This link does nothing any more' }).waitFor();
    await seen(customer);
  });

  test('staff see it, and unfreeze the account once they have spoken to her', async () => {
    const id = await userId(admin, mia);
    const { auditLog } = await ask<{ auditLog: { nodes: { actor: { email: string } }[] } }>(
      admin,
      '{ auditLog(filter: { action: FREEZE_USER }) { nodes { actor { email } } } }',
    );
    expect(auditLog.nodes).toEqual([{ actor: { email: mia } }]);
    await ask(admin, 'mutation($id: ID!) { unfreezeUser(input: { userId: $id, reason: "Spoke to her" }) { user { id } } }', { id });
    expect(await state()).toEqual({ status: 'ACTIVE', backupCodes: { remaining: 0 } });
  });
});

test('the page speaks Spanish to who is written to in Spanish', async () => {
  await customer.goto(`${desk.factordesk.url}/not-you/es-nothing`);
  await customer.getByRole('heading', { level: 1, name: '¿No ha sido usted?' }).waitFor();
  await seen(customer);
  await customer.getByRole('button').click();
  await customer.getByRole('heading', { level: 1, name: 'Este enlace ya no sirve' }).waitFor();
  await seen(customer);
});

async function state(): Promise<{ status: string; backupCodes: { remaining: number } }> {
  const { users } = await ask<{ users: { nodes: { status: string; backupCodes: { remaining: number } }[] } }>(
    admin,
    'query($email: String!) { users(search: $email) { nodes { status backupCodes { remaining } } } }',
    { email: mia },
  );
  return users.nodes[0]!;
}

/** Looks at a page as it is, on a phone and on a desk. */
async function seen(page: Page): Promise<void> {
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await overflows(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
  }
}
