import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { variablesOf } from '../src/api';
import { Desk } from '../src/desk';
import { overflows, picture, violations } from '../src/look';
import { people } from '../src/people';

let desk: Desk;
let agent: Page;
let admin: Page;

beforeAll(async () => {
  desk = await Desk.start();
  [agent, admin] = [await desk.page(), await desk.page()];
  await desk.signIn(agent, people.agent);
  await desk.signIn(admin, people.admin);
}, 120_000);
afterAll(() => desk.stop());

/** The page of the user with an email address. */
async function userOf(email: string): Promise<string> {
  const answer = await admin.request.post('/graphql', {
    headers: { 'Factordesk-Client': 'admin' },
    data: { query: 'query($email: String) { users(search: $email) { nodes { id } } }', variables: { email } },
  });
  const { data } = (await answer.json()) as { data: { users: { nodes: { id: string }[] } } };
  return `/admin/users/${data.users.nodes[0]?.id}`;
}

/** The page on which codes are made for the user. */
const pathFor = async (email: string) => `${await userOf(email)}/backup-codes`;

/** Nothing that axe finds, and nothing wider than a phone or a desk's screen. */
async function looksRight(page: Page): Promise<void> {
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await overflows(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
  }
}

/** Goes from the first question to the warning. */
async function ask(page: Page, reason = 'Lost phone, ticket 4711'): Promise<void> {
  await page.getByRole('radio', { name: 'Locked out' }).check();
  await page.getByRole('radio', { name: 'Call-back' }).check();
  await page.getByLabel('Why are codes needed?').fill(reason);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'Are you absolutely sure?' }).waitFor();
}

/** Lets what makes codes pass by `handle`; returns how often it was asked for. */
async function onGenerate(page: Page, handle: (route: Route, time: number) => Promise<void>): Promise<() => number> {
  let times = 0;
  await page.route('**/graphql', (route) => {
    const { input } = variablesOf(route.request());
    return input && 'handover' in input ? handle(route, ++times) : route.continue();
  });
  return () => times;
}

const codes = (page: Page) => page.getByRole('main').locator('code').allTextContents();
const codeForm = /^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/;

/** Everything that a page leaves where someone could find it. */
const remains = (page: Page) =>
  page.evaluate(async () =>
    JSON.stringify([
      document.documentElement.outerHTML,
      location.href,
      document.title,
      history.state,
      { ...localStorage },
      { ...sessionStorage },
      await indexedDB.databases(),
      await caches.keys(),
    ]),
  );

describe('who may not make codes', () => {
  test('is told why, on the card and before anything is asked', async () => {
    const viewer = await desk.page();
    await desk.signIn(viewer, people.viewer, await userOf('abroad@customer.example'));
    const card = viewer.getByRole('region', { name: 'Backup codes' });
    await card.getByText('This needs the permission “Can generate lockout codes user”. An administrator can give it to you.').waitFor();
    expect(await card.getByRole('button', { name: 'Generate backup codes' }).isDisabled()).toBe(true);
    expect(await card.getByRole('link').count()).toBe(0);
    await viewer.goto(await pathFor('abroad@customer.example'));
    await viewer.getByRole('alert').getByText('This needs the permission “Can generate lockout codes user”. An administrator can give it to you.').waitFor();
    expect(await viewer.getByRole('radio').count()).toBe(0);
    await looksRight(viewer);
  });

  test('is an agent for staff, and for themselves', async () => {
    await agent.goto(await pathFor('viewer@harbor.example'));
    await agent.getByRole('alert').getByText('Only Admin-level staff make backup codes for other staff.').waitFor();
    await agent.goto(await pathFor('agent@harbor.example'));
    await agent.getByRole('alert').getByText('Nobody makes backup codes for themselves here').waitFor();
  });

  test('is anybody for a user of nowhere', async () => {
    await agent.goto('/admin/users/usr_00000000000000000000000000000000/backup-codes');
    await agent.getByRole('alert').waitFor();
    expect(await agent.getByRole('radio').count()).toBe(0);
  });
});

describe('an Admin', () => {
  test('makes codes for staff and prints them', async () => {
    await admin.goto(await pathFor('viewer@harbor.example'));
    await ask(admin);
    await admin.getByRole('radio', { name: 'In person' }).check();
    await admin.getByRole('button', { name: 'Generate Backup Codes' }).click();
    await admin.getByRole('heading', { name: 'Backup codes for' }).waitFor();
    await admin.getByRole('button', { name: 'Print' }).waitFor();

    await admin.emulateMedia({ media: 'print' });
    expect(await admin.getByRole('button').count()).toBe(0);
    expect(await admin.getByRole('banner').count()).toBe(0);
    expect(await admin.getByRole('main').locator('code').first().isVisible()).toBe(true);
    expect(await admin.getByText('Harbor Credit Union').last().isVisible()).toBe(true);
    await admin.emulateMedia({ media: null });
  });

  test('is asked before the browser leaves, and a page kept for later keeps no code', async () => {
    const asked = admin.waitForEvent('dialog');
    await admin.evaluate(() => void setTimeout(() => location.reload()));
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    const shown = await codes(admin);
    expect(shown).toHaveLength(10);

    await admin.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
    await admin.getByRole('heading', { name: 'Generate backup codes' }).waitFor();
    const left = await remains(admin);
    for (const code of shown) expect(left).not.toContain(code);
  });

  test('leaves no code behind a session that ended', async () => {
    const page = await admin.context().newPage();
    await page.clock.install();
    await page.goto(await pathFor('viewer@harbor.example'));
    await ask(page);
    await page.getByRole('radio', { name: 'In person' }).check();
    await page.getByRole('button', { name: 'Generate Backup Codes' }).click();
    await page.getByRole('heading', { name: 'Backup codes for' }).waitFor();
    const shown = await codes(page);
    await page.clock.fastForward('31:00');
    await page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
    const left = await remains(page);
    for (const code of shown) expect(left).not.toContain(code);
    await page.close();
  });
});

describe('an agent', () => {
  test('is led to what is missing', async () => {
    await agent.goto(await pathFor('abroad@customer.example'));
    await agent.getByRole('button', { name: '+44 7700 900104' }).waitFor();
    await looksRight(agent);
    await agent.getByRole('button', { name: 'Continue' }).click();
    await agent.getByRole('button', { name: 'Say why, in a few words' }).click();
    await agent.keyboard.insertText('x'.repeat(501));
    await agent.getByText('1 character too many').waitFor();
    await agent.getByRole('button', { name: 'Continue' }).click();
    await agent.getByRole('button', { name: 'Shorten the reason to 500 characters' }).waitFor();
    await looksRight(agent);
  });

  test('starts again when the time to confirm has run out, with what was typed', async () => {
    const page = await agent.context().newPage();
    await page.clock.install();
    await page.goto(await pathFor('abroad@customer.example'));
    await ask(page, 'Phone at the bottom of a lake');
    await page.getByRole('timer').waitFor();
    await page.clock.fastForward('05:01');
    await page.getByRole('alert').getByText('The time to confirm ran out.').waitFor();
    expect(await page.getByLabel('Why are codes needed?').inputValue()).toBe('Phone at the bottom of a lake');
    expect(await page.getByRole('radio', { name: 'Call-back' }).isChecked()).toBe(true);
    await page.close();
  });

  test('is told that nobody saw the codes when the answer is lost', async () => {
    const page = await agent.context().newPage();
    await onGenerate(page, async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    });
    await page.goto(await pathFor('abroad@customer.example'));
    await ask(page);
    await page.getByRole('radio', { name: 'Phone call' }).check();
    await page.getByRole('button', { name: 'Generate Backup Codes' }).click();
    await page.getByText('Nobody saw these codes').waitFor();
    await page.getByText('10 of 10 codes left').waitFor();
    await looksRight(page);
    await page.getByRole('button', { name: 'Make a new set' }).click();
    await page.getByText('has 10 unused codes: have them use one').waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('10 unused codes become void.').waitFor();
    await page.close();
  });

  test('makes codes once, reads them out, and leaves none behind', async () => {
    const urls: string[] = [];
    agent.on('request', (request) => urls.push(request.url()));
    // A factor of a sign-in a moment ago is fresh: that it is too old is said in the server's place, twice.
    const asked = await onGenerate(agent, (route, time) => (time <= 2 ? route.fulfill(stepUpRequired) : route.continue()));
    await agent.goto(await userOf('abroad@customer.example'));
    await agent.getByRole('link', { name: 'Generate backup codes' }).click();
    await ask(agent);
    await agent.getByRole('button', { name: 'Generate Backup Codes' }).click();
    await agent.getByRole('button', { name: 'Choose how the codes will reach the user' }).click();
    await agent.getByRole('radio', { name: 'Phone call' }).check();
    await looksRight(agent);
    await picture(agent, 'admin-backup-codes-warning');

    await agent.getByRole('button', { name: 'Generate Backup Codes' }).click();
    await agent.getByRole('dialog', { name: 'Confirm it’s you' }).getByRole('button', { name: 'Text me a code' }).waitFor();
    await agent.keyboard.press('Escape');
    await agent.getByRole('alert').getByText('Confirm that it is you').waitFor();
    expect(await agent.getByRole('radio', { name: 'Phone call' }).isChecked()).toBe(true);

    await agent.getByRole('button', { name: 'Generate Backup Codes' }).dblclick();
    await desk.stepUp(agent, people.agent);
    await agent.getByRole('heading', { name: 'Backup codes for Abby Abroad' }).waitFor();
    expect(asked()).toBe(3);
    const shown = await codes(agent);
    expect(shown).toHaveLength(10);
    for (const code of shown) expect(code).toMatch(codeForm);
    expect(await agent.title()).toBe('Backup codes · Factordesk');
    expect(await agent.getByRole('button', { name: /copy|mail|send|text|print/i }).count()).toBe(0);

    await agent.getByRole('button', { name: 'Read out code 2' }).click();
    const spelled = agent.getByRole('listitem').filter({ hasText: 'Reading this one' });
    expect(await spelled.getByRole('list').first().getByRole('listitem').count()).toBe(5);
    await looksRight(agent);
    await picture(agent, 'admin-backup-codes');

    await agent.goBack();
    const leaving = agent.getByRole('dialog', { name: 'Does the user have a code?' });
    await leaving.getByRole('button', { name: 'Stay' }).click();
    expect(await codes(agent)).toEqual(shown);
    await agent.getByRole('button', { name: 'The user has a code' }).click();
    await leaving.getByRole('button', { name: 'Leave' }).click();
    await agent.waitForURL(/\/users\/[^/]+$/);
    const everywhere = [await remains(agent)];
    await agent.goBack();
    await agent.getByRole('heading', { name: 'Generate backup codes' }).waitFor();
    expect(await agent.getByLabel('Why are codes needed?').inputValue()).toBe('');
    everywhere.push(await remains(agent), ...urls);
    for (const code of shown) for (const form of [code, code.replaceAll('-', '')]) expect(everywhere.join()).not.toContain(form);
  }, 120_000);

  test('revokes what is left', async () => {
    await agent.goto(await userOf('abroad@customer.example'));
    const card = agent.getByRole('region', { name: 'Backup codes' });
    await card.getByText('10 of 10 codes left').waitFor();
    await card.getByRole('button', { name: 'Revoke' }).click();
    const dialog = agent.getByRole('dialog', { name: 'Revoke backup codes' });
    await dialog.getByText('This can’t be undone').waitFor();
    await looksRight(agent);
    await dialog.getByRole('button', { name: 'Revoke codes' }).click();
    await dialog.getByText('Say why, in a few words').waitFor();
    await dialog.getByLabel('Why are the codes revoked?').fill('Read out to the wrong person');
    await dialog.getByRole('button', { name: 'Revoke codes' }).click();
    await card.getByText('10 codes were revoked.').waitFor();
    await card.getByText('No codes left: the set was made void').waitFor();
    expect(await card.getByRole('button', { name: 'Revoke' }).count()).toBe(0);
    await looksRight(agent);
  });
});

const stepUpRequired = {
  json: {
    data: { generateBackupCodes: null },
    errors: [{ message: 'Confirm that it is you.', path: ['generateBackupCodes'], extensions: { code: 'STEP_UP_REQUIRED' } }],
  },
};
