import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Desk } from '../src/desk';
import { overflows, violations } from '../src/look';
import { people } from '../src/people';

let desk: Desk;
let page: Page;
/** What the operator's command printed. */
let first = '';
beforeAll(async () => {
  desk = await Desk.start();
  page = await desk.page();
  const said = await desk.factordesk.command('staff', 'first-password', '--institution', 'harbor', '--email', people.agent.email);
  first = /shown this once: (\S+)/.exec(said)?.[1] ?? '';
});
afterAll(() => desk.stop());

const own = () => page.getByRole('heading', { level: 1, name: 'Choose a password of your own' }).waitFor();

test('who signs in by a first password meets one page, wherever they go', async () => {
  await page.goto('/admin/');
  await page.getByLabel('Institution').fill('harbor');
  await page.getByLabel('Email address').fill(people.agent.email);
  await page.getByLabel('Password', { exact: true }).fill(first);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await desk.secondFactor(page, people.agent);
  await own();
  for (const path of ['/admin/users', '/admin/account/password', '/admin/settings']) {
    await page.goto(path);
    await own();
    expect(await page.getByRole('navigation', { name: 'Main' }).count()).toBe(0);
  }
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await overflows(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
  }
});

test('the first one is not chosen again; with another they go on', async () => {
  await page.goto('/admin/users');
  await own();
  const choose = async (next: string) => {
    await page.getByLabel('Password now').fill(first);
    await page.getByLabel('New password').fill(next);
    await page.getByRole('button', { name: 'Change password' }).click();
  };
  await choose(first);
  await page.getByText('This is the password that you have. Choose another one.').waitFor();
  await choose('kettle-moss-lantern');
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  await page.getByRole('heading', { level: 1 }).filter({ hasText: 'users' }).waitFor();
  await page.reload();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
});
