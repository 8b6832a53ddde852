import type { Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { variablesOf } from '../src/api';
import { Desk } from '../src/desk';
import { overflows, picture, violations } from '../src/look';
import { people } from '../src/people';

let desk: Desk;
let page: Page;
beforeAll(async () => {
  desk = await Desk.start();
  page = await desk.page();
  await desk.signIn(page, people.viewer);
});
afterAll(() => desk.stop());

describe('the list of users', () => {
  test('shows everyone of the institution, and what needs attention', async () => {
    await page.getByRole('row', { name: /Abby Abroad abroad@customer.example Customer Registered, not enrolled Phone ••0104, by text Not enrolled yet/ }).waitFor();
    await page.getByRole('row', { name: /Ada Admin admin@harbor.example Staff, Admin level Active/ }).waitFor();
    await seen(page);
    await picture(page, 'admin-users');
  });

  test.each([
    ['a phone number as it is written', '(202) 555-0102', 'Lars Landline'],
    ['the end of a phone number, as the list shows it', '0102', 'Lars Landline'],
    ['a phone number as digits', '2025550103', 'Vera Voip'],
    ['a name with accents', 'Véra vöip', 'Vera Voip'],
    ['an email address', 'mobile@cus', 'Mona Mobile'],
  ])('is searched while typing, by %s', async (_, typed, name) => {
    await page.getByLabel('Search users').fill(typed);
    await only(page, name);
  });

  test('keeps what was looked for when the page is loaded again', async () => {
    await page.getByLabel('Search users').fill('2025550181');
    await only(page, 'Ada Admin');
    await page.getByText('Staff', { exact: true }).first().click();
    await page.waitForURL((url) => url.searchParams.get('kind') === 'STAFF');
    await page.reload();
    await only(page, 'Ada Admin');
    expect(await page.getByLabel('Search users').inputValue()).toBe('2025550181');
    expect(await page.getByRole('radio', { name: 'Staff' }).isChecked()).toBe(true);
  });

  test('says what was looked through where nobody is found', async () => {
    await page.getByLabel('Search users').fill('nobody of this name');
    await page.getByRole('heading', { name: 'No staff user matches “nobody of this name”' }).waitFor();
    await page.getByText('Names, email addresses and phone numbers are searched').waitFor();
    await seen(page);
    await page.getByRole('button', { name: 'Show everyone' }).click();
    await names(page, 25);
    expect(await page.getByLabel('Search users').inputValue()).toBe('');
  });

  test('is used by the keyboard alone, and a user leads back to it', async () => {
    await page.getByRole('heading', { name: 'Manage users' }).click();
    await page.keyboard.press('/');
    await page.keyboard.type('l');
    await names(page, 1);
    await page.keyboard.press('Backspace');
    await page.keyboard.type('customer0');
    await names(page, 9);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Bram Ash', level: 1 }).waitFor();
    await page.waitForFunction(() => document.title !== 'User · Factordesk');
    expect(await page.title()).toMatch(/^\w+ \w+ · Factordesk$/);
    await page.getByRole('main').getByRole('link', { name: 'Manage users' }).press('Enter');
    await names(page, 9);
    expect(await page.getByLabel('Search users').inputValue()).toBe('customer0');
  });

  test('is turned page by page, and the focus goes along', async () => {
    await page.goto('/admin/users');
    const first = await names(page, 25);
    await page.getByRole('button', { name: 'Next' }).press('Enter');
    await page.getByText('Page 2').waitFor();
    const second = await names(page, 22);
    expect(first.filter((name) => second.includes(name))).toEqual([]);
    await page.waitForFunction((name) => document.activeElement?.textContent === name, second[0]);
    await page.reload();
    await page.getByText('Page 2').waitFor();
    await page.getByRole('button', { name: 'Back' }).press('Enter');
    await page.getByText('Page 1').waitFor();
    expect(await names(page, 25)).toEqual(first);
  });

  test('never shows an older answer over a newer one', async () => {
    const isOlder = (request: Request) => variablesOf(request).search === 'lars';
    await page.route('**/graphql', async (route) => {
      if (!isOlder(route.request())) await route.fallback();
    });
    const older = page.waitForRequest(isOlder);
    await page.getByLabel('Search users').fill('lars');
    await older;
    const givenUp = page.waitForEvent('requestfailed', isOlder);
    await page.getByLabel('Search users').fill('vera');
    await givenUp;
    await only(page, 'Vera Voip');
    await page.unroute('**/graphql');
  });

  test.each([
    ['what is too much', 'THROTTLED', 'Too many requests. Wait a little.', /Try again in \d+ s/],
    ['what the database can not do now', 'UNAVAILABLE', 'Our database is busy with something else. Try again in a few seconds.', /Try again in \d+ s/],
    ['what may not be seen', 'FORBIDDEN', 'This needs the permission “Can view users”. An administrator can give it to you.', undefined],
    ['what went wrong', 'INTERNAL', 'Something went wrong (id 1).', /Try again/],
  ])('says %s', async (_, code, message, retry) => {
    await page.route('**/graphql', (route) =>
      route.fulfill({ json: { data: { users: null }, errors: [{ message, path: ['users'], extensions: { code, ...((code === 'THROTTLED' || code === 'UNAVAILABLE') && { retryAfterSeconds: 30 }) } }] } }),
    );
    await page.getByLabel('Search users').fill(`refused ${code}`);
    const alert = page.getByRole('alert').filter({ hasText: message });
    await alert.waitFor();
    if (retry) await alert.getByRole('button', { name: retry }).waitFor();
    else expect(await alert.getByRole('button').count()).toBe(0);
    expect(await page.getByRole('table').count()).toBe(0);
    await page.unroute('**/graphql');
  });
});

/** Waits until so many users are listed, and returns their names. */
async function names(page: Page, count: number): Promise<string[]> {
  const rows = page.getByRole('rowheader');
  await page.waitForFunction((n) => document.querySelectorAll('tbody th').length === n && document.querySelector('table[aria-busy="false"]'), count);
  return rows.getByRole('link').allInnerTexts();
}

/** Waits until one user alone is listed. */
async function only(page: Page, name: string): Promise<void> {
  await page.waitForFunction((n) => {
    const rows = document.querySelectorAll('tbody th');
    return rows.length === 1 && rows[0]?.querySelector('a')?.textContent === n;
  }, name);
}

/** Looks at a page as it is, on a desk and on a phone. */
async function seen(page: Page): Promise<void> {
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await overflows(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
  }
}
