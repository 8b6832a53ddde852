import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Desk } from '../src/desk';
import { overflows, violations } from '../src/look';
import { customers, password } from '../src/people';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.start();
});
afterAll(() => desk.stop());

/** Words that stand in English sentences and in no Spanish one. */
const english =
  /\b(the|your|you|and|with|from|this|that|was|were|have|has|code|codes|phone|phones|sign|signed|password|email|mail|text|call|calls|added|used|never|back|again|wait|please|is|it|to|of|or|app|authenticator|backup|until|browser|security|here|now|not)\b/i;

/** Everything of the page that is read or read out, line by line, but what names another language. */
async function englishIn(page: Page): Promise<string[]> {
  const said = await page.evaluate(() => {
    const lines = [document.title];
    for (const element of document.querySelectorAll<HTMLElement>('body, body *')) {
      if (element.closest('[lang="en"], script, style, noscript, [data-environment]') && !element.matches('body')) continue;
      for (const name of ['aria-label', 'placeholder', 'title', 'alt']) lines.push(element.getAttribute(name) ?? '');
      for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE && element.tagName !== 'BODY') lines.push(node.textContent ?? '');
    }
    return lines;
  });
  // Addresses are no sentences, and what the demo's customers call their phones is their own word.
  return said.map((line) => line.replace(/\S+@\S+|My phone/g, '').trim()).filter((line) => english.test(line));
}

test('a customer who reads Spanish reads no English, whatever the language of the account', async () => {
  const context = await desk.browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'es-US', baseURL: desk.factordesk.url, timezoneId: 'America/New_York' });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const clean = async () => expect(await englishIn(page), page.url()).toEqual([]);

  await page.goto('/banking/');
  await page.getByLabel('Banco').fill('nada');
  await clean();
  await page.getByRole('button', { name: 'Continuar' }).click();
  await page.getByText('No conocemos este banco').waitFor();
  await clean();
  await page.goto('/banking/?institution=harbor');
  await page.getByText('Harbor Credit Union').waitFor();
  await page.getByLabel('Correo electrónico').fill(customers.voip.email);
  await page.getByRole('button', { name: '¿Es nuevo aquí? Regístrese' }).click();
  await clean();
  await page.getByRole('button', { name: 'Ya tengo acceso' }).click();
  await page.getByRole('button', { name: '¿Olvidó su contraseña?' }).click();
  await clean();
  await page.getByRole('button', { name: 'Volver a iniciar sesión' }).click();

  await page.getByLabel('Correo electrónico').fill(customers.voip.email);
  await page.getByLabel('Contraseña', { exact: true }).fill('no-es-la-clave');
  await page.getByRole('button', { name: 'Iniciar sesión', exact: true }).click();
  await page.getByText('no son correctos').waitFor();
  await clean();
  await page.getByLabel('Contraseña', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Iniciar sesión', exact: true }).click();
  await page.getByRole('radio', { name: 'Llamada al' }).waitFor();
  await clean();
  const send = page.getByRole('button', { name: 'Llamarme' });
  const code = await desk.sandbox.codeAfter(customers.voip.phone, () => send.click());
  await page.getByText('¿No llega el código?').click();
  await clean();
  const field = page.getByLabel('Código', { exact: true });
  await field.fill(code === '000000' ? '111111' : '000000');
  await page.getByRole('button', { name: 'Continuar' }).click();
  await page.getByText('El código no es correcto').waitFor();
  await clean();
  await field.fill(code);
  await page.getByRole('button', { name: 'Continuar' }).click();
  // The account's language is English: it goes first, until another is chosen.
  await page.getByRole('button', { name: 'Español' }).click();
  await page.getByRole('heading', { level: 1, name: 'Seguridad' }).waitFor();
  await page.getByText('Añada una aplicación').waitFor();
  await clean();
  expect(await violations(page)).toEqual([]);

  for (const path of ['add', 'add/app', 'add/phone', 'backup-codes', 'password', 'language', 'sessions', 'nowhere']) {
    await page.goto(`/banking/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await clean();
    expect(await overflows(page), path).toBe(false);
  }
  await page.goto('/banking/add/app');
  await page.getByRole('button', { name: 'Continuar' }).click();
  await page.getByRole('heading', { name: 'Conecte su aplicación' }).waitFor();
  await clean();
  await page.goto('/banking/');
  await page.getByRole('link', { name: /555-0103/ }).click();
  await page.getByRole('heading', { level: 1, name: 'My phone' }).waitFor();
  await clean();

  // The messages were in English until now.
  await page.goto('/banking/');
  await page.getByRole('link', { name: 'Idioma de los mensajes' }).click();
  await page.getByRole('radio', { name: 'Español' }).click();
  await page.getByRole('button', { name: 'Guardar' }).click();
  await page.getByText('Vale desde el próximo mensaje').waitFor();
  await clean();
  await desk.factordesk.later();
  await page.getByRole('button', { name: 'Cerrar sesión' }).click();
  await page.getByLabel('Correo electrónico').fill(customers.voip.email);
  await page.getByLabel('Contraseña', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Iniciar sesión', exact: true }).click();
  await desk.sandbox.codeAfter(customers.voip.phone, () => page.getByRole('button', { name: 'Llamarme' }).click());
  expect((await desk.sandbox.phone(customers.voip.phone)).calls[0]?.said).toContain('Su código es');
  await context.close();
});
