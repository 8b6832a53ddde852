import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Desk } from '../src/desk';
import { people } from '../src/people';

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
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.goto('/admin/users');
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
  });
});
