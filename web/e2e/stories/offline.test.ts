import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Desk } from '../src/desk';
import { violations } from '../src/look';
import { customers, people } from '../src/people';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.start();
});
afterAll(() => desk.stop());

describe('a page that can’t be loaded', () => {
  test('without a connection leaves the frame, says so, and comes by itself', async () => {
    const page = await desk.page();
    await desk.signIn(page, people.admin);
    await page.context().setOffline(true);
    const frame = page.getByRole('navigation', { name: 'Main' });
    await frame.getByRole('link', { name: 'Audit log' }).click();
    await page.getByRole('heading', { level: 1, name: 'You are offline' }).waitFor();
    expect(await frame.isVisible()).toBe(true);
    expect(await page.getByText('fault is ours').count()).toBe(0);
    expect(page.url()).toContain('/admin/audit');
    expect(await violations(page)).toEqual([]);

    await page.context().setOffline(false);
    await page.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor();
  });

  test('of a version that is gone is loaded anew, once', async () => {
    const page = await desk.page({ width: 390, height: 844 });
    await desk.signInToBank(page, customers.mobile);
    let gone = 0;
    await page.route('**/assets/BackupCodesPage-*.js', (route) => (gone++ < 1 ? route.fulfill({ status: 404 }) : route.continue()));
    await page.getByRole('link', { name: 'Backup codes' }).click();
    await page.getByRole('heading', { level: 1, name: 'Backup codes' }).waitFor();
    expect(gone).toBeGreaterThan(1);

    await page.route('**/assets/LanguagePage-*.js', (route) => route.fulfill({ status: 404 }));
    await page.goto('/banking/');
    await page.getByRole('link', { name: 'Language of messages' }).click();
    await page.getByRole('heading', { level: 1, name: 'This page did not load' }).waitFor();
    expect(await page.getByRole('button', { name: 'Sign out' }).isVisible()).toBe(true);
    expect(await violations(page)).toEqual([]);
  });

  test('whose queries are those of another version is loaded anew; what asks for an act says so and waits', async () => {
    const page = await desk.page();
    await desk.signIn(page, people.agent, '/admin/users?search=landline');
    let asked = 0;
    await page.route('**/graphql', async (route) => {
      const sent = JSON.parse(route.request().postData() ?? '{}') as { documentId?: string; variables?: { id?: string; input?: { numberType?: string } } };
      const old = sent.variables?.input?.numberType || (sent.variables?.id && asked++ === 0);
      await route.continue(old ? { postData: JSON.stringify({ ...sent, documentId: `sha256:${'0'.repeat(64)}` }) } : {});
    });
    await page.getByRole('link', { name: 'Lars Landline' }).click();
    await page.getByRole('heading', { name: 'Lars Landline' }).waitFor();
    expect(asked).toBeGreaterThan(1);

    await page.getByRole('button', { name: 'Communication method' }).click();
    await page.getByLabel('Reason').fill('It is a landline');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').filter({ hasText: 'There is a new version' }).getByRole('button', { name: 'Load again' }).waitFor();
    expect(await page.getByLabel('Reason').inputValue()).toBe('It is a landline');
    expect(await violations(page)).toEqual([]);
  });

  test('has its data as soon as there is a connection again', async () => {
    const page = await desk.page();
    await desk.signIn(page, people.viewer, '/admin/users?search=landline');
    const loaded = page.waitForResponse(/UserPage-.*js/);
    await page.getByRole('link', { name: 'Lars Landline' }).hover();
    await loaded;
    await page.context().setOffline(true);
    await page.getByRole('link', { name: 'Lars Landline' }).click();
    await page.getByText('You are offline').first().waitFor();
    await page.context().setOffline(false);
    await page.getByRole('heading', { name: 'Lars Landline' }).waitFor();
  });
});
