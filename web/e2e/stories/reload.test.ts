import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Desk } from '../src/desk';
import { kept, picture, violations } from '../src/look';
import { customers, password, people } from '../src/people';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.start();
});
afterAll(() => desk.stop());

const field = (page: Page) => page.getByLabel('Code', { exact: true });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('autocomplete'));

describe('in the middle of a sign-in', () => {
  test('a customer reloads, is sent no second code, goes Back and on, and types the code with a hyphen', async () => {
    const page = await desk.page({ width: 390, height: 844 });
    await desk.enterPassword(page, customers.mobile);
    const send = page.getByRole('button', { name: 'Text me a code' });
    await page.getByRole('radio', { name: 'Text to' }).click();
    const code = await desk.sandbox.codeAfter(customers.mobile.phone, () => send.click());
    await field(page).waitFor();
    const address = page.url();
    await page.waitForTimeout(6_000);

    await page.reload();

    await page.getByText(/We texted you \d+ s ago\./).waitFor();
    expect(page.url()).toBe(address);
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toMatch(/[\w-]{40}/);
    expect(await page.getByText(/You can ask for another code in/).isVisible()).toBe(true);
    await picture(page, 'banking-reload');
    expect(await violations(page)).toEqual([]);

    await page.goBack();
    await page.getByText('How do you want to get your code?').waitFor();
    await page.goBack();
    await page.getByLabel('Email address').waitFor();
    await page.goForward();
    await page.goForward();
    await field(page).waitFor();

    await field(page).fill('000-000' === `${code.slice(0, 3)}-${code.slice(3)}` ? '111-111' : '000-000');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('not right').waitFor();
    expect(await focused(page)).toBe('one-time-code');

    await field(page).fill(`${code.slice(0, 3)}-${code.slice(3)}`);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { level: 1, name: 'Security' }).waitFor();
    expect(await kept(page)).not.toContain('challenge');
    expect((await desk.sandbox.phone(customers.mobile.phone)).messages.filter((m) => m.body.includes(code))).toHaveLength(1);
  });

  test('an agent reloads a deep link, with the code typed in full-width digits', async () => {
    const page = await desk.page();
    await page.goto('/admin/audit?institution=harbor');
    await page.getByText('Harbor Credit Union').waitFor();
    expect(await page.getByLabel('Institution').count()).toBe(0);
    await page.getByLabel('Email address').fill(people.admin.email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    const send = page.getByRole('button', { name: 'Text me a code' });
    const code = await desk.sandbox.codeAfter(people.admin.phone, () => send.click());
    await field(page).waitFor();
    await page.reload();
    await field(page).fill(code.replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d))));
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor();
  });

  test('what is over says so, and begins again', async () => {
    const page = await desk.page();
    await desk.enterPassword(page, customers.voip);
    await page.getByRole('button', { name: 'Call me with a code' }).waitFor();
    await page.evaluate(() => history.replaceState({ signIn: { challenge: 'swept', depth: 1 } }, ''));
    await page.reload();
    await page.getByText('There is no such sign-in.').waitFor();
    await page.getByRole('button', { name: 'Start again' }).click();
    await page.getByLabel('Email address').waitFor();
  });
});
