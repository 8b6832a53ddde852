import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { userId } from '../src/api';
import { Desk } from '../src/desk';
import { overflows, picture, violations } from '../src/look';
import { people } from '../src/people';

let desk: Desk;
let page: Page;
beforeAll(async () => {
  desk = await Desk.start();
  page = await desk.page();
  await desk.signIn(page, people.agent);
});
afterEach(() => desk.sandbox.clearFaults());
afterAll(() => desk.stop());

const section = (on: Page = page) => on.getByRole('region', { name: 'Notification history' });
const fetchHistory = () => section().getByRole('button', { name: 'Fetch notification history' }).click();
const texts = () => section().getByRole('table').getByRole('row').filter({ hasText: /SM|…|none/ });
const lookUp = async (number: string) => {
  await section().getByLabel('Any destination number').fill(number);
  await section().getByRole('button', { name: 'Look up' }).click();
};

async function open(email: string, on: Page = page): Promise<void> {
  await on.goto(`/admin/users/${await userId(on, email)}`);
  await section(on).waitFor();
}

/** Looks at what is shown, wide and narrow, light and dark. */
async function looksRight(on: Page = page): Promise<void> {
  for (const width of [390, 1440]) {
    await on.setViewportSize({ width, height: 900 });
    expect(await violations(on)).toEqual([]);
    expect(await overflows(on)).toBe(false);
  }
}

describe('a landline that gets texts', () => {
  test('shows nothing before it is asked for', async () => {
    await open('landline@customer.example');
    await section().getByText('Not fetched yet').waitFor();
    expect(await section().getByRole('table').count()).toBe(0);
    await looksRight();
  });

  test('shows why they fail, and who can fix it', async () => {
    await fetchHistory();
    await section().getByRole('table', { name: /Texts to all numbers of this profile/ }).waitFor();
    const newest = texts().first();
    await newest.getByText('Undelivered').waitFor();
    expect(await newest.getByRole('img', { name: 'hidden code' }).count()).toBe(1);
    expect(await section().textContent()).not.toMatch(/: \d{6} is your code/);

    const why = newest.getByRole('button', { name: 'Error 30006' });
    await why.focus();
    await page.keyboard.press('Enter');
    expect(await why.getAttribute('aria-expanded')).toBe('true');
    await section().getByText('Landline or unreachable network').waitFor();
    await section().getByText('Support staff', { exact: true }).waitFor();
    await section().getByText(/Switch the number to voice calls/).waitFor();
    const docs = section().getByRole('link', { name: /Twilio’s page about this error/ });
    expect(await docs.getAttribute('rel')).toBe('noopener noreferrer');
    await section().scrollIntoViewIfNeeded();
    await picture(page, 'admin-history');
    await looksRight();
  });

  test('can be narrowed to one number', async () => {
    await section().getByLabel('Numbers of this profile').selectOption('+1 202-555-0102');
    await fetchHistory();
    await section().getByRole('heading', { name: 'Texts to +1 202-555-0102' }).waitFor();
    await texts().first().waitFor();
  });
});

describe('any destination number', () => {
  test('takes the place of what was shown, page by page, and keeps the focus', async () => {
    for (let i = 1; i <= 23; i++) await desk.sandbox.text('+12025550177', `Alert ${i} of 23`);
    await open('landline@customer.example');
    await fetchHistory();
    await texts().first().waitFor();
    await lookUp('\u202a(202) 555\u20110177\u202c'); // as it is pasted, and dialled at home
    await section().getByRole('heading', { name: 'Texts that Harbor Credit Union sent to +1 202-555-0177' }).waitFor();
    await section().getByText('20 texts shown').waitFor({ state: 'attached' });
    expect(await texts().count()).toBe(20);

    const older = section().getByRole('button', { name: 'Older messages' });
    await older.focus();
    await page.keyboard.press('Enter');
    const end = section().getByText('No older texts are known');
    await end.waitFor();
    expect(await texts().count()).toBe(23);
    expect(await end.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('that is none is refused at its field', async () => {
    await lookUp('555-0177');
    await section().getByText(/Give a phone number with its country code/).waitFor();
    const field = section().getByLabel('Any destination number');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    await looksRight();
  });

  test('that got no texts says so, and that calls are not listed', async () => {
    await lookUp('+12025550178');
    await section().getByText('Harbor Credit Union sent no texts to +1 202-555-0178. Calls are never listed here.').waitFor();
    await looksRight();
  });
});

describe('while Twilio is down', () => {
  test('the log answers, and says that it may be out of date', async () => {
    await desk.sandbox.fault({ path: '/2010-04-01/', status: 500 });
    await open('mobile@customer.example');
    await fetchHistory();
    const warning = section().getByRole('alert').filter({ hasText: 'May be out of date' });
    await warning.waitFor();
    await section().getByText(/The log has no texts to all numbers/).waitFor();
    await looksRight();

    await desk.sandbox.clearFaults();
    await warning.getByRole('button', { name: 'Try again' }).click();
    await texts().first().waitFor();
    expect(await warning.count()).toBe(0);
  });

  test('what the log has is shown under the warning', async () => {
    await desk.sandbox.fault({ path: '/2010-04-01/', status: 500 });
    await open('landline@customer.example');
    await lookUp(people.agent.phone); // whose code the log has, and which nobody has fetched yet
    await section().getByRole('alert').filter({ hasText: 'May be out of date' }).waitFor();
    await section().getByText('Never brought up to date with Twilio').waitFor();
    await texts().filter({ hasText: 'Code' }).first().waitFor();
    await looksRight();
  });
});

test('who may not read histories sees why', async () => {
  const viewer = await desk.page();
  await desk.signIn(viewer, people.viewer);
  await open('landline@customer.example', viewer);
  const button = section(viewer).getByRole('button', { name: 'Fetch notification history' });
  expect(await button.isDisabled()).toBe(true);
  const reason = await button.getAttribute('aria-describedby');
  expect(await viewer.locator(`[id="${reason}"]`).textContent()).toMatch(/\w+/);
  await looksRight(viewer);
});
