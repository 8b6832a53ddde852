import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Desk } from '../src/desk';
import { overflows, violations } from '../src/look';
import { people } from '../src/people';

const joiner = { institution: 'harbor', email: 'jo@harbor.example', phone: '+12025550161' };

let desk: Desk;
let link = '';
beforeAll(async () => {
  desk = await Desk.start();
  const admin = await desk.page();
  await desk.signIn(admin, people.admin);
  const errors = await admin.evaluate(async (email) => {
    const answer = await fetch('/graphql', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Factordesk-Client': 'admin' },
      body: JSON.stringify({
        query: 'mutation($email: String!) { inviteStaff(input: {email: $email, firstName: "Jo", lastName: "Joiner"}) { user { id } } }',
        variables: { email },
      }),
    });
    return ((await answer.json()) as { errors?: unknown }).errors;
  }, joiner.email);
  expect(errors).toBeUndefined();
  link = /http:\/\/\S+\/admin\/invitation#\S+/.exec(await desk.factordesk.mailTo(joiner.email))?.[0] ?? '';
});
afterAll(() => desk.stop());

async function looksRight(page: Page): Promise<void> {
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await overflows(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
  }
}

test('who is invited chooses a password and a phone, and is signed in', async () => {
  const page = await desk.page();
  await page.goto(link);
  await page.getByText(/invites you, Jo, to the Factordesk of/).waitFor();
  expect(page.url()).not.toContain('#');
  await looksRight(page);

  await page.getByLabel('Phone number').fill('202 555 0161');
  await page.getByLabel('New password').fill('kettle-moss-lantern');
  await page.getByRole('button', { name: 'Continue' }).click();
  await desk.secondFactor(page, joiner);
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  await page.getByRole('button', { name: 'Jo Joiner, signed in as jo@harbor.example' }).waitFor();
});

test('the link works once, and says so', async () => {
  const page = await desk.page();
  await page.goto(link);
  await page.getByText('Ask the person who invited you.').waitFor();
  await looksRight(page);
  await page.getByRole('button', { name: 'Go to the sign-in' }).click();
  await page.getByLabel('Email address').waitFor();
});
