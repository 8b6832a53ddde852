import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Desk } from '../src/desk';
import { kept, overflows, picture, violations } from '../src/look';
import { customers, people } from '../src/people';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.start();
});
afterAll(() => desk.stop());

const phone = { width: 390, height: 844 };

describe('a customer', () => {
  test('signs in by call on a phone, and out again', async () => {
    const page = await desk.page(phone);
    await desk.enterPassword(page, customers.voip);
    await page.getByRole('heading', { level: 1, name: 'Confirm it’s you' }).waitFor();
    expect(await violations(page)).toEqual([]);

    const send = page.getByRole('button', { name: 'Call me with a code' });
    const code = await desk.sandbox.codeAfter(customers.voip.phone, () => send.click());
    const field = page.getByLabel('Code', { exact: true });
    expect([await field.getAttribute('autocomplete'), await field.getAttribute('inputmode')]).toEqual(['one-time-code', 'numeric']);
    await page.getByText('No code came?').click();
    await page.getByText(/call your bank/).waitFor();
    await picture(page, 'banking-code');
    expect(await violations(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
    await field.fill(`${code.slice(0, 3)}-${code.slice(3)}`);
    expect(await kept(page)).not.toContain(code);
    await page.getByRole('button', { name: 'Continue' }).click();

    await page.getByRole('heading', { level: 1, name: 'Security' }).waitFor();
    expect(await kept(page)).not.toContain(code);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    await page.goto('/banking/');
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    expect(await page.getByText('Harbor Credit Union').isVisible()).toBe(true);
  });

  test('gives the bank by its short name where no link did, and hears of a wrong password', async () => {
    const page = await desk.page(phone);
    await page.goto('/banking/');
    const bank = page.getByLabel('Bank or credit union');
    expect(await page.getByLabel('Email address').count()).toBe(0);
    await bank.fill('harbour');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('We don’t know this bank').waitFor();
    expect(await page.locator('form').count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Use another name' }).click();
    await bank.fill('Harbor');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Harbor Credit Union').waitFor();
    await page.getByLabel('Email address').fill(customers.mobile.email);
    const password = page.getByLabel('Password', { exact: true });
    expect(await password.getAttribute('autocomplete')).toBe('current-password');
    await password.fill('not-the-password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'password' }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);

    await page.goto('/banking/?institution=harbor');
    await page.getByLabel('Email address').waitFor();
    expect(await bank.count()).toBe(0);
    await page.getByRole('button', { name: 'Not your bank?' }).click();
    await bank.waitFor();
  });

  test('is spoken to in Spanish where the browser is, or on request', async () => {
    const context = await desk.browser.newContext({ viewport: phone, locale: 'es-MX', baseURL: desk.factordesk.url });
    const page = await context.newPage();
    await page.goto('/banking/?institution=harbor');
    await page.getByRole('heading', { level: 1, name: 'Iniciar sesión' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('es');
    await page.getByLabel('Correo electrónico').fill(customers.mobile.email);
    await page.getByLabel('Contraseña', { exact: true }).fill('no-es-la-clave');
    await page.getByRole('button', { name: 'Iniciar sesión', exact: true }).click();
    await page.getByText('El correo o la contraseña no son correctos.').waitFor();
    expect(await overflows(page)).toBe(false);

    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    await context.close();
  });

  test('and an agent are signed in within one browser at once', async () => {
    const page = await desk.page();
    await desk.signIn(page, people.agent);
    const banking = await page.context().newPage();
    await desk.signInToBank(banking, customers.mobile);
    await page.reload();
    await page.getByRole('button', { name: 'signed in as agent@harbor.example' }).waitFor();
    await banking.reload();
    await banking.getByText(customers.mobile.email).waitFor();

    await page.getByRole('button', { name: 'signed in as agent@harbor.example' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    await banking.reload();
    await banking.getByText(customers.mobile.email).waitFor();

    const loaded = await banking.evaluate(() =>
      (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
        .filter((r) => r.name.includes('/banking/'))
        .map((r) => r.encodedBodySize),
    );
    expect(loaded.length).toBeGreaterThan(1);
    expect(loaded.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(250_000);
  });
});
