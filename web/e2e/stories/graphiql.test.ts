import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Desk } from '../src/desk';

let desk: Desk;
let page: Page;
beforeAll(async () => {
  desk = await Desk.start();
  page = await desk.page();
});
afterAll(() => desk.stop());

test('the explorer reads the schema, and shows a type', async () => {
  const wrong: string[] = [];
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
  const introspected = page.waitForResponse((answer) => answer.url().endsWith('/graphql'));
  await page.goto('/graphiql/');
  expect(await (await introspected).json()).not.toHaveProperty('errors');

  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  const docs = page.locator('.graphiql-plugin');
  await docs.getByRole('link', { name: 'Query', exact: true }).click();
  await docs.getByRole('link', { name: 'Viewer', exact: true }).first().click();
  await docs.getByText('Who is signed in').first().waitFor();
  await docs.getByRole('link', { name: 'secondFactorAt' }).waitFor();
  expect(wrong).toEqual([]);
});

test('the explorer asks, and is answered', async () => {
  await page.getByRole('button', { name: /Execute query/ }).click();
  await page.locator('.result-window', { hasText: '"viewer": null' }).waitFor();
});
