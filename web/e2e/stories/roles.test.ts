import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, userId, variablesOf } from '../src/api';
import { Desk } from '../src/desk';
import { focused, tabTo } from '../src/keyboard';
import { kept, overflows, violations } from '../src/look';
import { customers, people } from '../src/people';

let desk: Desk;
let admin: Page;
/** Who may see users and no more. */
let viewer: Page;
beforeAll(async () => {
  desk = await Desk.start();
  [admin, viewer] = [await desk.page(), await desk.page()];
  await desk.signIn(admin, people.admin);
  await desk.signIn(viewer, people.viewer);
});
afterAll(() => desk.stop());

/** Nothing that axe finds, and nothing wider than a phone or a desk's screen. */
async function looksRight(page: Page, name?: string): Promise<void> {
  await page.mouse.move(0, 0); // where nothing is pointed at
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await overflows(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
    if (name && process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/${name}-${width}.png`, fullPage: true });
  }
}

const says = (page: Page, words: string | RegExp) => page.getByRole('status').filter({ hasText: words }).waitFor();
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
const toSettings = (name: string) => admin.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name, exact: true }).click();

/** What another administrator saves while a form is open. */
async function elsewhere(input: Record<string, unknown>): Promise<void> {
  const { staffRoles } = await ask<{ staffRoles: { id: string; name: string }[] }>(admin, '{ staffRoles { id name } }');
  await ask(admin, 'mutation($input: SaveStaffRoleInput!) { saveStaffRole(input: $input) { role { id } } }', {
    input: { roleId: staffRoles.find(({ name }) => name === 'Night desk')?.id, reason: 'Meanwhile', ...input },
  });
}

/** Opens a customer's page by the list, without loading the dashboard anew. */
async function look(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Manage users' }).click();
  await page.locator('input[data-search]').fill(name);
  await page.getByRole('link', { name, exact: true }).click();
  await heading(page, name);
}

const signOut = (page: Page) => page.getByRole('region', { name: 'Sessions' }).getByRole('button', { name: 'Sign out everywhere' });

test.each([
  ['/admin/settings/roles', 'Can manage roles'],
  ['/admin/settings/staff', 'Can manage staff'],
  ['/admin/settings/access-review', 'Can view audit log'],
])('who may not see %s is offered no way there, and told why', async (path, permission) => {
  expect(await viewer.getByRole('link', { name: 'Settings' }).count()).toBe(0);
  await viewer.goto(path);
  await viewer.getByRole('alert').getByText(`This needs the permission “${permission}”. An administrator can give it to you.`).waitFor();
  expect(await viewer.locator('main').getByRole('button').count()).toBe(0);
  expect(await viewer.locator('main').getByRole('textbox').count()).toBe(0);
  await looksRight(viewer);
});

describe('a role', () => {
  test('is listed with what it allows and how many hold it', async () => {
    await admin.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click();
    await toSettings('Roles');
    await heading(admin, 'Roles');
    await admin.waitForFunction(() => document.activeElement?.textContent === 'Roles' && document.title === 'Roles · Factordesk');
    const card = admin.getByRole('listitem').filter({ has: admin.getByRole('heading', { name: 'Viewer', exact: true }) });
    await card.getByText('1 of the staff holds it').waitFor();
    expect(await card.getByRole('list', { name: 'What Viewer allows' }).getByRole('listitem').allTextContents()).toEqual(['Can view users']);
    await admin.getByText('Only you hold it').waitFor();
    await looksRight(admin, 'roles');
  });

  test('says what is missing, and is made by the keyboard alone', async () => {
    await tabTo(admin, admin.getByRole('button', { name: 'Add a role' }));
    await admin.keyboard.press('Enter');
    await admin.waitForFunction(() => document.activeElement?.textContent === 'Add a role');
    await tabTo(admin, admin.getByRole('button', { name: 'Add it' }));
    await admin.keyboard.press('Enter');
    const summary = admin.getByRole('alert');
    await summary.getByRole('button', { name: 'What it allows: Choose what the role allows: at least one permission' }).waitFor();
    await looksRight(admin, 'role-wrong');

    await tabTo(admin, summary.getByRole('button', { name: 'Name: Give the role a name' }));
    await admin.keyboard.press('Enter');
    expect(await focused(admin.getByLabel('Name'))).toBe(true);
    await admin.keyboard.type('viewer');
    await tabTo(admin, admin.getByRole('checkbox', { name: 'Can reset 2FA devices' }));
    await admin.keyboard.press('Space');
    await tabTo(admin, admin.getByLabel('Why is it added?'));
    await admin.keyboard.type('Nights have one desk');
    await tabTo(admin, admin.getByRole('button', { name: 'Add it' }));
    await admin.keyboard.press('Enter');
    await admin.getByRole('alert').getByRole('button', { name: /^Name: There is a role of this name already/ }).waitFor();

    await admin.getByLabel('Name').fill('Night desk');
    await admin.getByRole('button', { name: 'Add it' }).click();
    await says(admin, '“Night desk” is added.');
    await admin.getByRole('heading', { level: 2, name: 'Night desk' }).waitFor();
  });

  test('that the viewer holds can’t be emptied by them', async () => {
    await admin.getByRole('button', { name: 'Edit: Administrator' }).click();
    const box = admin.getByRole('checkbox', { name: 'Can manage roles' });
    expect([await box.isDisabled(), await box.isChecked()]).toEqual([true, true]);
    await admin.getByText(/^You hold this role, and nobody changes what they may do themselves/).waitFor();
    await looksRight(admin, 'role-own');
    await admin.getByRole('button', { name: 'Cancel' }).click();
    await heading(admin, 'Roles');
  });
});

describe('staff', () => {
  test('are listed with how they sign in, found, and opened', async () => {
    await toSettings('Staff');
    await heading(admin, 'Staff');
    const table = admin.getByRole('table', { name: 'Staff' });
    const row = table.getByRole('row').filter({ hasText: 'viewer@harbor.example' });
    await row.getByText(/by text/).waitFor();
    await row.getByText('Active').waitFor();
    await looksRight(admin, 'staff');

    await admin.getByLabel('Search staff').fill('vic');
    await admin.waitForFunction(() => location.search === '?search=vic');
    await table.getByText('Aggie Agent').waitFor({ state: 'detached' });
    await table.getByRole('link', { name: 'Vic Viewer' }).click();
    await heading(admin, 'Vic Viewer');
    await admin.waitForFunction(() => document.activeElement?.textContent === 'Vic Viewer' && document.title === 'Vic Viewer · Factordesk');
  });

  test('get a role, which their open page has at the next call', async () => {
    await viewer.goto('/admin/users');
    await look(viewer, 'Mona Mobile');
    expect(await signOut(viewer).isDisabled()).toBe(true);

    await admin.getByRole('checkbox', { name: 'Night desk' }).check();
    await says(admin, 'Vic gets “Can reset 2FA devices”.');
    await admin.getByText('Can reset 2FA devices: new').waitFor();
    await admin.getByRole('button', { name: 'Save' }).click();
    await admin.getByRole('alert').getByRole('button', { name: /^Reason: Say why/ }).click();
    await admin.keyboard.type('Covers the nights');
    await looksRight(admin, 'member');
    await admin.getByRole('button', { name: 'Save' }).click();
    await says(admin, 'What Vic may do is saved.');
    await looksRight(admin);

    await look(viewer, 'Lars Landline');
    await signOut(viewer).click();
    const dialog = viewer.getByRole('dialog', { name: 'Sign Lars out everywhere?' });
    await dialog.getByRole('textbox').fill('Asked by phone');
    await dialog.getByRole('button', { name: 'Sign out everywhere' }).click();
    await says(viewer, 'Signed out everywhere.');
  });

  test('lose it, and what their open page still offers is refused', async () => {
    await admin.getByRole('checkbox', { name: 'Night desk' }).uncheck();
    await says(admin, 'Vic loses “Can reset 2FA devices”.');
    await admin.getByLabel('Why is it changed?').fill('The nights are over');
    await admin.getByRole('button', { name: 'Save' }).click();
    await says(admin, 'What Vic may do is saved.');

    await signOut(viewer).click();
    const dialog = viewer.getByRole('dialog', { name: 'Sign Lars out everywhere?' });
    await dialog.getByRole('textbox').fill('Asked again');
    await dialog.getByRole('button', { name: 'Sign out everywhere' }).click();
    await dialog.getByRole('alert').getByText('This needs the permission “Can reset 2FA devices”.').waitFor();
    await dialog.getByRole('button', { name: 'Leave them signed in' }).click();
    await look(viewer, 'Mona Mobile');
    expect(await signOut(viewer).isDisabled()).toBe(true);
  });

  test('can have something taken by name, which wins over their roles', async () => {
    await admin.getByRole('group', { name: 'Taken from this person, whatever their roles allow' }).getByRole('checkbox', { name: 'Can view users' }).check();
    await says(admin, 'Vic loses “Can view users”.');
    await admin.getByLabel('Why is it changed?').fill('Until the training');
    await admin.getByRole('button', { name: 'Save' }).click();
    await says(admin, 'What Vic may do is saved.');
    await viewer.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Manage users' }).click();
    await viewer.getByRole('alert').getByText('This needs the permission “Can view users”.').waitFor();
  });

  test('what somebody else saved first is not overwritten', async () => {
    const id = await userId(admin, people.viewer.email);
    await admin.getByRole('checkbox', { name: 'Night desk' }).check();
    await admin.getByLabel('Why is it changed?').fill('Nights again');
    await ask(admin, 'mutation($input: SaveStaffInput!) { saveStaff(input: $input) { user { id } } }', {
      input: { userId: id, removedPermissions: [], reason: 'Trained' },
    });
    await admin.getByRole('button', { name: 'Save' }).click();
    await admin.getByRole('alert').getByText('Someone else changed this meanwhile.').waitFor();
    await looksRight(admin, 'member-stale');
    await admin.getByRole('button', { name: 'Load what is stored now' }).click();
    await says(admin, 'What is stored now is in the form, with what you changed over it.');
    expect(await admin.getByRole('checkbox', { name: 'Night desk' }).isChecked()).toBe(true);
    expect(await admin.getByLabel('Why is it changed?').inputValue()).toBe('Nights again');
    const taken = admin.getByRole('group', { name: 'Taken from this person, whatever their roles allow' });
    expect(await taken.getByRole('checkbox', { name: 'Can view users' }).isChecked()).toBe(false);
    await admin.getByRole('button', { name: 'Save' }).click();
    await says(admin, 'What Vic may do is saved.');
  });

  test('do not change themselves', async () => {
    await admin.getByRole('link', { name: 'Staff' }).first().click();
    await admin.getByLabel('Search staff').fill('ada');
    await admin.getByRole('link', { name: 'Ada Admin' }).click();
    await admin.getByRole('note').getByText('Nobody changes their own level or roles; ask a colleague.').waitFor();
    expect(await admin.getByRole('checkbox', { disabled: false }).count()).toBe(0);
    expect(await admin.getByRole('button', { name: 'Save' }).count()).toBe(0);
    await looksRight(admin, 'member-own');
  });

  test('that there is none of is told, whatever else the address finds', async () => {
    await admin.goto('/admin/settings/staff/Vic');
    await admin.getByRole('alert').getByText('There is no such person on the staff.').waitFor();
    await looksRight(admin);
  });
});

describe('a role that somebody holds', () => {
  test('says before it is saved for how many that changes what', async () => {
    await admin.goto('/admin/settings/roles');
    await admin.getByRole('button', { name: 'Edit: Night desk' }).click();
    await admin.getByRole('checkbox', { name: 'Can reset 2FA devices' }).uncheck();
    await admin.getByRole('checkbox', { name: 'Can view audit log' }).check();
    await says(admin, '1 of the staff gets “Can view audit log”, unless it is taken from them by name.');
    await says(admin, '1 of the staff loses “Can reset 2FA devices”, unless another role of theirs allows it.');
    await looksRight(admin, 'role');
  });

  test('keeps what was typed when someone else saves first', async () => {
    await admin.getByLabel('Name').fill('Night watch');
    await admin.getByLabel('Why is it changed?').fill('Audits are read by night');
    await elsewhere({ permissions: ['RESET_TWO_FACTOR_DEVICE', 'UPDATE_NUMBER_TYPE'] });
    const [asked] = await Promise.all([
      admin.waitForRequest((r) => variablesOf(r).input?.roleId !== undefined),
      admin.getByRole('button', { name: 'Save' }).click(),
    ]);
    expect(variablesOf(asked).input?.version).toBe(1);
    const alert = admin.getByRole('alert').filter({ hasText: 'Someone else changed this meanwhile. Read it again, then make your change.' });
    await alert.waitFor();
    expect(await admin.getByLabel('Name').inputValue()).toBe('Night watch');
    await looksRight(admin, 'role-stale');
    await alert.getByRole('button', { name: 'Load what is stored now' }).click();
    expect(await admin.getByLabel('Name').inputValue()).toBe('Night watch');
    expect(await admin.getByRole('checkbox', { name: 'Can update 2FA device number type' }).isChecked()).toBe(true);
    expect(await admin.getByRole('checkbox', { name: 'Can reset 2FA devices' }).isChecked()).toBe(false);
    await admin.getByRole('button', { name: 'Save' }).click();
    await says(admin, '“Night watch” is saved.');
  });

  test('is not left by mistake', async () => {
    await admin.getByRole('button', { name: 'Edit: Night watch' }).click();
    await admin.getByLabel('Name').fill('Nobody');
    await admin.getByRole('button', { name: 'Cancel' }).click();
    const dialog = admin.getByRole('dialog', { name: 'Leave without saving?' });
    await looksRight(admin);
    await dialog.getByRole('button', { name: 'Leave' }).click();
    await heading(admin, 'Roles');
  });

  test('is not removed', async () => {
    await admin.getByRole('button', { name: 'Remove: Night watch' }).click();
    const dialog = admin.getByRole('dialog', { name: 'Remove “Night watch”?' });
    await dialog.getByLabel('Why is it removed?').fill('Not needed');
    await dialog.getByRole('button', { name: 'Remove it' }).click();
    await dialog.getByRole('alert').getByText('One of the staff holds this role. Take it from them first.').waitFor();
    await looksRight(admin);
    await dialog.getByRole('button', { name: 'Keep it' }).click();
  });
});

describe('the access review', () => {
  test('tells who may do what, since when, given by whom and when it was used', async () => {
    await toSettings('Access review');
    await heading(admin, 'Access review');
    await admin.getByLabel('Search staff').fill('vic');
    const given = admin.getByRole('table', { name: 'What Vic Viewer may do' });
    const row = given.getByRole('row').filter({ has: admin.getByRole('rowheader', { name: 'Can update 2FA device number type' }) });
    await row.getByText('Night watch').waitFor();
    await row.getByText('Ada Admin').waitFor();
    await row.getByText('Never').waitFor();
    await given.getByRole('row').filter({ has: admin.getByRole('rowheader', { name: 'Can view users' }) }).getByText(/ago|now/).first().waitFor();
    await admin.getByLabel('Search staff').fill('');
    await admin.getByRole('table', { name: 'What Aggie Agent may do' }).waitFor();
    await looksRight(admin, 'review');
  });

  test('is a file, of which no address has any', async () => {
    const [file] = await Promise.all([admin.waitForEvent('download'), admin.getByRole('button', { name: 'Download as CSV' }).click()]);
    expect(file.suggestedFilename()).toMatch(/^access-review-\d{4}-\d\d-\d\d\.csv$/);
    expect(file.url()).toMatch(/^blob:/);
    const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\n');
    expect(lines[0]).toBe('Name,Email,Level,State,Last signed in,Permission,Roles,Since,Given by,Last used');
    const vic = lines.filter((line) => line.startsWith('Vic Viewer,viewer@harbor.example,Staff,Active,'));
    expect(vic.map((line) => line.split(',')[5])).toEqual(['Can view users', 'Can update 2FA device number type', 'Can view audit log']);
    expect(vic[1]).toMatch(/,Night watch,\d{4}-\d\d-\d\dT[\d:]+Z,Ada Admin,$/);
    expect(lines.some((line) => line.startsWith('Aggie Agent,'))).toBe(true);
    await says(admin, file.suggestedFilename());
    expect(await kept(admin)).not.toContain('viewer@harbor.example');
    await looksRight(admin);
  });

  test('names every permission as the server does', async () => {
    await admin.getByLabel('Search staff').fill('ada');
    const all = admin.getByRole('table', { name: 'What Ada Admin may do' }).getByRole('rowheader');
    await all.first().waitFor();
    const { exportAccessReview } = await ask<{ exportAccessReview: { csv: string } }>(admin, 'mutation { exportAccessReview { csv } }');
    const lines = exportAccessReview.csv.split('\n').filter((line) => line.startsWith('Ada Admin,'));
    expect(lines).toHaveLength(10);
    expect(await all.allTextContents()).toEqual(lines.map((line) => line.split(',')[5]));
  });
});

test('a customer is nobody of the staff', async () => {
  await admin.goto(`/admin/settings/staff/${await userId(admin, customers.mobile.email)}`);
  await admin.getByRole('alert').getByText('There is no such person on the staff.').waitFor();
});
