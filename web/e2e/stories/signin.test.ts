import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Desk } from '../src/desk';
import { overflows, violations } from '../src/look';
import { password, people } from '../src/people';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.start();
});
afterAll(() => desk.stop());

describe('signing in', () => {
  test('takes a password and a code, and signing out ends it', async () => {
    const page = await desk.page();
    await desk.signIn(page, people.agent);
    expect(new URL(page.url()).pathname).toBe('/admin/users');

    await page.getByRole('button', { name: 'Signed in as agent@harbor.example' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    await page.goto('/admin/users');
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  });

  test('loads less than 250 kB before the first page stands', async () => {
    const page = await desk.page();
    await desk.signIn(page, people.viewer);
    // What the mouse rests on is fetched ahead, and is no part of the first page.
    await page.mouse.move(0, 0);
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    const loaded = await page.evaluate(() =>
      (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
        .filter((r) => r.name.includes('/admin/'))
        .map((r) => ({ file: new URL(r.name).pathname, bytes: r.encodedBodySize })),
    );
    expect(loaded.length).toBeGreaterThan(1);
    expect(loaded.reduce((sum, r) => sum + r.bytes, 0)).toBeLessThan(250_000);
  });

  test('a wrong password and a wrong code are said where they belong', async () => {
    const page = await desk.page({ width: 390 });
    await page.goto('/admin/?institution=harbor');
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Email address').fill(people.admin.email);
    await page.getByLabel('Password', { exact: true }).fill('not-the-password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'password' }).waitFor();
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();

    const send = page.getByRole('button', { name: 'Text me a code' });
    await send.waitFor();
    expect(await violations(page)).toEqual([]);
    const code = await desk.sandbox.codeAfter(people.admin.phone, () => send.click());
    const field = page.getByLabel('Code', { exact: true });
    await field.fill(code === '000000' ? '111111' : '000000');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText(/code is wrong|not right|wrong code/i).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
    await page.getByText(/You can ask for another code in \d+ s/).waitFor();
    await field.fill(code);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
  });
});
