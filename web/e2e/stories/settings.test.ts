import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../src/api';
import { Desk } from '../src/desk';
import { overflows, picture, violations } from '../src/look';
import { people } from '../src/people';

let desk: Desk;
let admin: Page;
beforeAll(async () => {
  desk = await Desk.start();
  admin = await desk.page();
  await desk.signIn(admin, people.admin);
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

/** What another administrator saves while the form is open. */
const elsewhere = (input: Record<string, unknown>) =>
  ask(admin, 'mutation($input: UpdateInstitutionInput!) { updateInstitution(input: $input) { institution { version } } }', { input });

const stands = (fields: string) =>
  ask<{ institution: Record<string, unknown> }>(admin, `{ institution { ${fields} } }`).then(({ institution }) => institution);

const save = () => admin.getByRole('button', { name: 'Save changes' }).click();
const saved = () => admin.getByText(/^Saved\./).waitFor();

async function open(): Promise<void> {
  await admin.goto('/admin/settings');
  await admin.getByRole('heading', { name: 'How people sign in' }).waitFor();
}

test('who may not manage settings is offered none, and told why', async () => {
  const agent = await desk.page();
  await desk.signIn(agent, people.agent);
  expect(await agent.getByRole('link', { name: 'Settings' }).count()).toBe(0);
  await agent.goto('/admin/settings');
  await agent.getByRole('alert').filter({ hasText: 'Can manage institution settings' }).waitFor();
  expect(await agent.getByRole('checkbox').count()).toBe(0);
  await looksRight(agent);
});

test('the settings say what stands, and who took which risk', async () => {
  await admin.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click();
  await admin.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  await admin.getByLabel('Lifetime of a code that is sent').waitFor();
  expect(await admin.getByLabel('Text message').isChecked()).toBe(true);
  expect(await admin.getByLabel('Email', { exact: true }).isChecked()).toBe(false);
  await admin.getByText('Risk accepted').waitFor();
  expect(await admin.getByRole('button', { name: 'Save changes' }).count()).toBe(0);
  await looksRight(admin);
});

describe('what is wrong', () => {
  test('is listed, with a way to each field', async () => {
    await admin.getByLabel('Lifetime of a code that is sent').fill('30');
    await admin.getByLabel('Texts and calls in a day').fill('lots');
    await save();
    const summary = admin.getByRole('alert').filter({ hasText: 'There is something to mend' });
    await summary.getByRole('button', { name: 'Lifetime of a code that is sent: Give 60 to 600 seconds' }).click();
    expect(await admin.evaluate(() => document.activeElement?.id)).toBe('codeLifetimeSeconds');
    await looksRight(admin);
  });

  test('by the server’s word stands at its field', async () => {
    await admin.getByRole('button', { name: 'Discard' }).click();
    await admin.getByLabel('Support phone').fill('911');
    await save();
    const field = admin.getByLabel('Support phone');
    await admin.getByText('Give a phone number with its country code').first().waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await field.fill('(202) 555-0142');
    await save();
    await saved();
    expect(await stands('supportPhone')).toMatchObject({ supportPhone: '+12025550142' });
  });
});

test('email wants its risk accepted, in the viewer’s name', async () => {
  await open();
  await admin.getByLabel('Email', { exact: true }).check();
  await save();
  await admin.getByRole('button', { name: 'Email: Accept the risk in your name, or leave this off' }).click();
  const accept = admin.getByLabel('I accept this risk for the institution, in my name');
  expect(await accept.evaluate((box) => box === document.activeElement)).toBe(true);
  await looksRight(admin);
  await picture(admin, 'admin-settings');

  await accept.check();
  await save();
  await saved();
  expect(await admin.getByText('Risk accepted').count()).toBe(2);
  expect(await stands('permittedMethods emailRisk { by }')).toMatchObject({
    permittedMethods: expect.arrayContaining(['EMAIL']) as string[],
    emailRisk: { by: people.admin.email },
  });

  // Switched off, the acceptance ends.
  await admin.getByLabel('Email', { exact: true }).uncheck();
  await admin.getByText(`the acceptance by ${people.admin.email} ends`).waitFor();
  await save();
  await saved();
  expect(await stands('emailRisk { by }')).toMatchObject({ emailRisk: null });
});

describe('what a change would do', () => {
  test('is said before it is saved, and nothing is saved by going on', async () => {
    await open();
    await admin.getByLabel('Phone call').uncheck();
    await save();
    const dialog = admin.getByRole('dialog', { name: 'Save these changes?' });
    await dialog.getByText(/^\d+ customers? and \d+ of the staff can't sign in/).waitFor();
    await looksRight(admin);
    await dialog.getByRole('button', { name: 'Go on editing' }).click();
    expect(await admin.getByLabel('Phone call').isChecked()).toBe(false);
    expect(await stands('permittedMethods')).toMatchObject({ permittedMethods: expect.arrayContaining(['VOICE']) as string[] });

    await save();
    await dialog.getByRole('button', { name: 'Save anyway' }).click();
    await saved();
    await admin.getByRole('heading', { name: 'What needs attention' }).waitFor();
    await admin.getByLabel('Phone call').check();
    await save();
    await saved();
  });

  test('can’t be to lock out who does it, and that is no other’s doing', async () => {
    await admin.getByLabel('Text message').uncheck();
    await save();
    await admin.getByRole('alert').filter({ hasText: 'you among them' }).waitFor();
    expect(await admin.getByText('Someone else saved the settings first').count()).toBe(0);
    await looksRight(admin);
    await admin.getByRole('button', { name: 'Discard' }).click();
  });
});

describe('when someone else saves first', () => {
  test('nothing that was typed is lost, and what both changed is decided', async () => {
    await open();
    await admin.getByLabel('Lifetime of a code that is sent').fill('120');
    await admin.getByLabel('Texts and calls in a day').fill('20,000');
    await elsewhere({ codeLifetimeSeconds: 240, backupCodesPerSet: 6 });
    await save();

    const alert = admin.getByRole('alert').filter({ hasText: 'Someone else saved the settings first' });
    await alert.getByText('Backup codes in a set (6)').waitFor();
    await alert.getByText('they set 4 minutes; you entered 2 minutes').waitFor();
    expect(await admin.getByLabel('Backup codes in a set').inputValue()).toBe('6');
    expect(await admin.getByLabel('Texts and calls in a day').inputValue()).toBe('20,000');
    await looksRight(admin);

    await alert.getByRole('button', { name: 'Keep theirs: Lifetime of a code that is sent' }).click();
    expect(await admin.getByLabel('Lifetime of a code that is sent').inputValue()).toBe('240');
    await save();
    await saved();
    expect(await stands('codeLifetimeSeconds backupCodesPerSet dailySends')).toMatchObject({
      codeLifetimeSeconds: 240,
      backupCodesPerSet: 6,
      dailySends: 20_000,
    });
  });

  test('the same change leaves nothing to do', async () => {
    await open();
    await admin.getByLabel('Backup codes in a set').fill('7');
    await elsewhere({ backupCodesPerSet: 7 });
    await save();
    await admin.getByText('The settings are already as you want them.').waitFor();
    expect(await admin.getByRole('button', { name: 'Save changes' }).count()).toBe(0);
  });
});

test('leaving asks while something is unsaved', async () => {
  await open();
  await admin.getByLabel('Spanish').uncheck();
  const away = admin.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Manage users' });
  await away.click();
  const dialog = admin.getByRole('dialog', { name: 'Leave without saving?' });
  await looksRight(admin);
  await dialog.getByRole('button', { name: 'Stay' }).click();
  expect(await admin.getByLabel('Spanish').isChecked()).toBe(false);
  await away.click();
  await dialog.getByRole('button', { name: 'Leave' }).click();
  await admin.getByRole('heading', { level: 1, name: 'Manage users' }).waitFor();
  expect(await stands('languages')).toMatchObject({ languages: ['EN', 'ES'] });
});
