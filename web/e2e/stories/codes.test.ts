import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userId } from '../src/api';
import { Desk } from '../src/desk';
import { overflows, picture, violations } from '../src/look';
import { customers, people } from '../src/people';

const { voip, mobile } = customers;

let desk: Desk;
let page: Page;
beforeAll(async () => {
  desk = await Desk.start();
  page = await desk.page();
  await desk.signIn(page, people.agent);
});
afterAll(() => desk.stop());

const section = (on: Page = page) => on.getByRole('region', { name: 'Codes', exact: true });
const line = (name: string | RegExp) => section().getByRole('listitem').filter({ has: page.getByRole('button', { name }) });

async function open(email: string, on: Page = page): Promise<void> {
  await on.goto(`/admin/users/${await userId(on, email)}`);
  await section(on).scrollIntoViewIfNeeded();
}

async function looksRight(): Promise<void> {
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await violations(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
  }
}

describe('a customer whose phone rang, and who heard no code', () => {
  test('is seen to have been called, and why it was in vain', async () => {
    await open(voip.email);
    await section().getByText('Live: what changes shows here by itself.').waitFor();

    await desk.sandbox.setPhone(voip.phone, { callOutcome: 'no-answer' });
    const customer = await desk.page({ width: 390 });
    await desk.enterPassword(customer, voip);
    await customer.getByRole('button', { name: 'Call me with a code' }).click();

    const called = line('Code by call to +1 202-555-0103').first();
    await called.getByText('Not answered').waitFor();
    await called.getByText(/For signing in/).waitFor();
    await looksRight();
  });

  test('unfolds to what happened, what to do and what to name in a ticket', async () => {
    const called = line('Code by call to +1 202-555-0103').first();
    const fold = called.getByRole('button', { name: 'Code by call' });
    expect(await fold.getAttribute('aria-expanded')).toBe('false');
    await fold.focus();
    await page.keyboard.press('Enter');
    expect(await fold.getAttribute('aria-expanded')).toBe('true');
    await called.getByText('Asked for', { exact: true }).waitFor();
    await called.getByText(/^Nobody picked up/).waitFor();
    await called.getByText('Who can fix it').waitFor();
    await called.getByText('What to do').waitFor();
    await called.getByRole('button', { name: /Copy: SIG|Copy: SID/ }).waitFor();
    await picture(page, 'admin-codes');
    await looksRight();
  });
});

describe('a test message', () => {
  test('is seen to arrive without reading the page again, and does not move the focus', async () => {
    await open(mobile.email);
    await section().getByText('Live: what changes shows here by itself.').waitFor();
    await page.evaluate(() => ((window as unknown as { same: boolean }).same = true));
    const press = page.getByRole('button', { name: 'Test: +1 202-555-0101' });
    await press.click();
    await page.getByText('A test text is on its way.').waitFor();
    const message = section().getByRole('listitem').first();
    await message.getByRole('button', { name: 'Test message by text to +1 202-555-0101' }).waitFor();
    await message.getByText('Delivered', { exact: true }).waitFor();
    expect(await press.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.evaluate(() => (window as unknown as { same: boolean }).same)).toBe(true);
    const { messages } = await desk.sandbox.phone(mobile.phone);
    expect(messages.some(({ body }) => /testing/.test(body) && !/\d{6}/.test(body))).toBe(true);
    await looksRight();
  });

  test('is not sent again at once: the page says how long to wait', async () => {
    await page.getByRole('button', { name: 'Test: +1 202-555-0101' }).click();
    await page.getByRole('article').getByRole('alert').getByText(/Try again in/).first().waitFor();
    expect(await section().getByRole('button', { name: /^Test message/ }).count()).toBe(1);
    await looksRight();
  });
});

describe('without live updates', () => {
  test('what was read is shown, and said to be no more than that', async () => {
    // As urql asks for an answer in JSON or as a stream, only what takes nothing but a stream is one.
    await page.route('**/graphql', (route) => (route.request().headers().accept?.startsWith('text/event-stream') ? route.abort() : route.continue()));
    await open(mobile.email);
    await section().getByText('Not live right now.').waitFor();
    expect(await section().getByRole('button', { name: /^Test message/ }).count()).toBe(1);
    await page.unroute('**/graphql');
    await section().getByText('Live: what changes shows here by itself.').waitFor();
  });
});

test('who may not see histories sees no codes, and why', async () => {
  const viewer = await desk.page();
  await desk.signIn(viewer, people.viewer);
  await open(mobile.email, viewer);
  await section(viewer).getByText(/permission|may not|can’t/i).waitFor();
  expect(await section(viewer).getByRole('listitem').count()).toBe(0);
  expect(await viewer.getByRole('button', { name: /^Test: / }).count()).toBe(0);
});
