import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Desk } from '../src/desk';
import { overflows, violations } from '../src/look';
import { customers, people } from '../src/people';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.start();
});
afterAll(() => desk.stop());

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');

test('the dashboard names the person in the title, and puts the focus on the heading and into the first field', async () => {
  const page = await desk.page();
  await desk.signIn(page, people.admin, '/admin/users?search=landline');
  await page.getByRole('link', { name: 'Lars Landline' }).click();
  await page.waitForFunction(() => document.title === 'Lars Landline · Factordesk');
  await page.waitForFunction(() => document.activeElement?.textContent === 'Lars Landline');
  await page.getByRole('link', { name: 'Audit log' }).click();
  await page.waitForFunction(() => document.activeElement?.textContent === 'Audit log');
  await page.waitForFunction(() => document.title === 'Audit log · Factordesk');

  await page.goBack();
  await page.getByRole('button', { name: 'Communication method' }).click();
  await page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'radio');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Reset/ }).click();
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA' || document.activeElement?.tagName === 'INPUT');
  await page.keyboard.press('Escape');

  await page.getByText(/[AP]M E[SD]T/).first().waitFor();
  if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/user.png`, fullPage: true });
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await overflows(page)).toBe(false);
  if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/user-390.png`, fullPage: true });
});

test('the banking client puts the focus on the heading, and shows codes that staff made', async () => {
  const agent = await desk.page();
  await desk.signIn(agent, people.agent, '/admin/users?search=voip');
  await agent.getByRole('link', { name: 'Vera Voip' }).click();
  await agent.getByRole('link', { name: 'Generate Backup Codes' }).click();
  await agent.getByRole('radio', { name: 'Locked out' }).check();
  await agent.getByRole('radio', { name: 'Call-back' }).check();
  await agent.getByLabel('Why are codes needed?').fill('Lost the phone');
  await agent.getByRole('button', { name: 'Continue' }).click();
  await agent.getByRole('radio', { name: 'Phone call' }).check();
  await agent.getByRole('button', { name: 'Generate Backup Codes' }).click();
  await agent.getByRole('button', { name: 'Read out' }).first().waitFor();

  const page = await desk.page({ width: 390, height: 844 });
  await desk.signInToBank(page, customers.voip);
  await page.getByRole('link', { name: 'Backup codes' }).click();
  await page.getByText('Your bank made codes for you').waitFor();
  await page.getByText(/[AP]M E[SD]T · in \d+ hr\./).waitFor();
  expect(await focused(page)).toBe('Backup codes');
  expect(await violations(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
  if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/codes-390.png` });
});

test('/ leads to a client', async () => {
  const page = await desk.page();
  await page.goto('/');
  await page.getByRole('button', { name: 'Continue' }).waitFor();
  expect(page.url()).toMatch(/\/banking\/$/);
});
