import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, variablesOf } from '../src/api';
import { Desk } from '../src/desk';
import { kept, overflows, picture, violations } from '../src/look';
import { customers, people } from '../src/people';

let desk: Desk;
let admin: Page;
let agent: Page;
beforeAll(async () => {
  desk = await Desk.start();
  [admin, agent] = [await desk.page(), await desk.page()];
  await desk.signIn(admin, people.admin);
  await desk.signIn(agent, people.agent);
});
afterAll(() => desk.stop());

const token = 'rotatedAtTwilio2026';
const account = 'AC00000000000000000000000000000001';

/** Nothing that axe finds, and nothing wider than a phone or a desk's screen. */
async function looksRight(page: Page): Promise<void> {
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await overflows(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
  }
}

const banner = (page: Page) => page.getByRole('complementary', { name: 'Sending of codes' });
const press = (name: string | RegExp) => admin.getByRole('button', { name }).click();
const says = (words: string | RegExp) => admin.getByRole('status').filter({ hasText: words }).waitFor();

async function open(): Promise<void> {
  await admin.goto('/admin/settings/providers');
  await admin.getByRole('heading', { level: 2, name: 'Twilio' }).waitFor();
}

/** What another administrator saves while the form is open. */
async function elsewhere(input: Record<string, unknown>): Promise<void> {
  const { institution } = await ask<{ institution: { smsProviders: { id: string }[] } }>(admin, '{ institution { smsProviders { id } } }');
  await ask(admin, 'mutation($input: SaveSmsProviderInput!) { saveSmsProvider(input: $input) { provider { id } } }', {
    input: { providerId: institution.smsProviders[0]?.id, ...input },
  });
}

test('who may not manage providers is offered none, and told why', async () => {
  expect(await agent.getByRole('link', { name: 'Settings' }).count()).toBe(0);
  await agent.goto('/admin/settings/providers');
  await agent.getByRole('alert').filter({ hasText: 'Can manage SMS providers' }).waitFor();
  expect(await agent.getByRole('button', { name: 'Add a provider' }).count()).toBe(0);
  await looksRight(agent);
});

test('the list says which account sends, by what, and how it stands', async () => {
  await admin.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click();
  await admin.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'SMS providers' }).click();
  await admin.getByRole('heading', { level: 1, name: 'SMS providers' }).waitFor();
  expect(await admin.getByRole('link', { name: 'Settings', exact: true }).getAttribute('aria-current')).toBe('page');
  await press('Check now: Twilio');
  await says('“Twilio” was checked: in order.');
  const card = admin.getByRole('listitem').filter({ has: admin.getByRole('heading', { name: 'Twilio' }) });
  await card.getByText('••0001').waitFor();
  await card.getByText('100.00 USD, warns below 10.00').waitFor();
  await card.getByRole('list', { name: 'Checks' }).getByText('Twilio takes the credentials.').waitFor();
  expect(await banner(admin).count()).toBe(0);
  await looksRight(admin);
});

test('a test text goes to the own phone', async () => {
  const texts = async () => (await desk.sandbox.phone(people.admin.phone)).messages.filter((m) => m.body.endsWith(': This is a test. Texts from us reach you.'));
  const sent = admin.getByRole('status').filter({ hasText: 'A test text through “Twilio” is on its way to your phone ••0181.' });
  const send = async () => {
    if (!(await sent.isVisible())) await press('Send a test text to my phone: Twilio');
    return sent.isVisible();
  };
  await expect.poll(send, { timeout: 40_000, interval: 2_000 }).toBe(true); // half a minute after the code of the sign-in
  await expect.poll(async () => (await texts()).length).toBe(1);
  await press('Send a test text to my phone: Twilio'); // at once
  await admin.getByRole('alert').filter({ hasText: 'tried too often' }).waitFor();
  await looksRight(admin);
});

describe('a token that was rotated at Twilio', () => {
  test('is told to all staff, with what fails and who mends it', async () => {
    await desk.sandbox.setAccount({ sid: account, authToken: token });
    await press('Check now: Twilio');
    await says('“Twilio” was checked: fails.');
    await admin.getByText('Twilio turns the credentials away (20003)').waitFor();
    await admin.getByText('Administrators can mend it, you among them.').waitFor();
    await banner(admin).getByText('Twilio turns our credentials away').waitFor();
    await looksRight(admin);
    await picture(admin, 'admin-providers');

    await agent.goto('/admin/users');
    await banner(agent).getByText('no code leaves by text or call').waitFor();
    await banner(agent).getByText('tell your administrator').waitFor();
    expect(await banner(agent).getByRole('link').count()).toBe(0);
    await looksRight(agent);
  });

  test('is refused at its field where it is wrong, and nothing that was typed is lost', async () => {
    await admin.goto('/admin/users');
    await banner(admin).getByRole('link', { name: 'Mend it: SMS providers' }).click();
    await press('Edit: Twilio');
    await admin.getByRole('heading', { level: 1, name: 'Edit “Twilio”' }).waitFor();
    const field = admin.getByLabel('Auth token');
    expect([await field.inputValue(), await field.getAttribute('type'), await field.getAttribute('autocomplete')]).toEqual(['', 'password', 'off']);
    await admin.getByLabel('Warn below a balance of').fill('20.00');
    await field.fill('notTheTokenAtAll');
    await press('Save');
    await admin.getByRole('alert').getByRole('button', { name: /^Auth token: Twilio turns this token away/ }).click();
    expect(await field.evaluate((e) => e === document.activeElement && e.getAttribute('aria-invalid'))).toBe('true');
    expect(await field.inputValue()).toBe('notTheTokenAtAll');
    expect(await admin.getByLabel('Warn below a balance of').inputValue()).toBe('20.00');
    await looksRight(admin);
  });

  test('is saved, and a code arrives', async () => {
    await admin.getByLabel('Auth token').fill(token);
    const [asked] = await Promise.all([admin.waitForRequest((r) => variablesOf(r).input?.authToken !== undefined), press('Save')]);
    expect(asked.url()).not.toContain(token);
    await says('“Twilio” is saved.');
    await admin.getByText(/changed .* by Ada Admin/).waitFor();
    await banner(admin).waitFor({ state: 'detached' });
    await admin.getByText('20.00').first().waitFor();
    expect(await kept(admin)).not.toContain(token);
    expect(await admin.content()).not.toContain(token);
    await looksRight(admin);

    const customer = await desk.page();
    await desk.signInToBank(customer, customers.mobile);
    await agent.reload();
    await agent.getByRole('heading', { level: 1, name: 'Manage users' }).waitFor();
    await agent.waitForLoadState('networkidle');
    expect(await banner(agent).count()).toBe(0);
  });
});

describe('the only provider', () => {
  test('is not switched off unasked', async () => {
    await open();
    await press('Switch off: Twilio');
    const dialog = admin.getByRole('dialog', { name: 'Switch off the only provider that sends?' });
    await dialog.getByText('Nobody gets a code by text or call').waitFor();
    await looksRight(admin);
    await dialog.getByRole('button', { name: 'Leave it on' }).click();
    await dialog.waitFor({ state: 'detached' });
    await admin.getByRole('button', { name: 'Switch off: Twilio' }).waitFor();

    await press('Switch off: Twilio');
    await dialog.getByRole('button', { name: 'Switch it off anyway' }).click();
    await says('“Twilio” is switched off.');
    await banner(admin).getByText('No SMS provider is switched on').waitFor();
    await looksRight(admin);
    await press('Switch on: Twilio');
    await says('“Twilio” is switched on.');
    await banner(admin).waitFor({ state: 'detached' });
  });

  test('is not removed unasked', async () => {
    await press('Remove: Twilio');
    const dialog = admin.getByRole('dialog', { name: 'Remove “Twilio”?' });
    await dialog.getByLabel('Why is it removed?').fill('We change the provider');
    await dialog.getByRole('button', { name: 'Remove it', exact: true }).click();
    await dialog.getByText('No other provider is switched on.').waitFor();
    await dialog.getByRole('button', { name: 'Remove it anyway' }).waitFor();
    await looksRight(admin);
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await admin.getByRole('heading', { level: 2, name: 'Twilio' }).waitFor();
  });
});

test('when someone else saves first, nothing that was typed is lost', async () => {
  await open();
  await press('Edit: Twilio');
  await admin.getByLabel('Name').fill('Main account');
  await elsewhere({ name: 'Theirs', priority: 7 });
  await press('Save');
  const alert = admin.getByRole('alert').filter({ hasText: 'Someone else changed this provider first' });
  await alert.getByText('Their changes are in the form now: Priority.').waitFor();
  await alert.getByText('What you entered would go over theirs: Name.').waitFor();
  expect(await admin.getByLabel('Name').inputValue()).toBe('Main account');
  expect(await admin.getByLabel('Priority').inputValue()).toBe('7');
  await looksRight(admin);
  await press('Save');
  await says('“Main account” is saved.');
});

describe('another provider', () => {
  test('is refused where the account is there already', async () => {
    await press('Add a provider');
    await press('Add it');
    await admin.getByRole('alert').getByRole('button', { name: /^Sender: Give the number that sends/ }).waitFor();
    await looksRight(admin);
    await admin.getByLabel('Account SID').fill(account);
    await admin.getByLabel('Auth token').fill(token);
    await admin.getByLabel('Sender').fill('(202) 555-0190');
    await press('Add it');
    await admin.getByRole('alert').getByRole('button', { name: /^Account SID: This account is there already, as “Main account”/ }).waitFor();
  });

  test('that is not saved is not left by mistake', async () => {
    await press('Cancel');
    const dialog = admin.getByRole('dialog', { name: 'Leave without saving?' });
    await looksRight(admin);
    await dialog.getByRole('button', { name: 'Stay' }).click();
    expect(await admin.getByLabel('Account SID').inputValue()).toBe(account);
    await press('Cancel');
    await dialog.getByRole('button', { name: 'Leave' }).click();
    await admin.getByRole('heading', { level: 1, name: 'SMS providers' }).waitFor();
    expect(await admin.content()).not.toContain(token);
  });
});
