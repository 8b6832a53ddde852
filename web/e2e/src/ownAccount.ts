import type { Page } from 'playwright-core';
import type { Desk } from './desk';
import { password, type Person } from './people';
import { totp } from './totp';

/** Where somebody sees to their own account. */
export interface OwnAccount {
  desk: Desk;
  page: Page;
  who: Person;
  /** The address of its first page. */
  home: string;
}

/** Lets the factor grow old, does what asks for a fresh one, and gives it. */
export async function confirming({ desk, page, who }: Omit<OwnAccount, 'home'>, act: () => Promise<void>): Promise<void> {
  await desk.factordesk.later();
  await act();
  await desk.stepUp(page, who);
}

/** Another phone of theirs, which the sandbox answers for. */
const spare = '+12025550178';
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

async function open({ page, home }: OwnAccount, device: RegExp): Promise<void> {
  await page.goto(home);
  await page.getByRole('link', { name: device }).click();
}

/** All that people do to their own account with a fresh factor, one after the other, by what is seen when it is done. */
export const ownActs: [string, (at: OwnAccount) => Promise<void>][] = [
  [
    'an app is added',
    async (at) => {
      const { page, home } = at;
      await page.goto(`${home}/add/app`);
      await page.getByLabel('Name').fill('Tablet');
      await confirming(at, () => press(page, 'Continue'));
      await page.getByText('You can’t scan it?').click();
      const secret = (await page.locator('[data-secret]').innerText()).replace(/ /g, '');
      await page.getByLabel('Code that the app shows').fill(totp(secret));
      await press(page, 'Confirm');
      await heading(page, 'Your app is connected');
    },
  ],
  [
    'a phone is added',
    async (at) => {
      const { page, home } = at;
      await page.goto(`${home}/add/phone`);
      await page.getByLabel('Phone number').fill(spare);
      await page.getByLabel('Name').fill('Spare phone');
      await confirming(at, () => press(page, 'Continue'));
      await heading(page, 'Confirm your phone');
    },
  ],
  [
    'a phone that was added before is sent its code',
    async (at) => {
      const { page, desk } = at;
      await open(at, /Spare phone/);
      const code = await desk.sandbox.codeAfter(spare, () => confirming(at, () => press(page, 'Send me a code')));
      await page.getByLabel('Code that we sent').fill(code);
      await press(page, 'Confirm');
      await page.getByText('Not confirmed yet').waitFor({ state: 'detached' });
    },
  ],
  [
    'a device is renamed',
    async (at) => {
      const { page } = at;
      await open(at, /Spare phone/);
      await heading(page, 'Spare phone');
      await page.getByLabel('Name').fill('Old phone');
      await confirming(at, () => press(page, 'Save'));
      await page.getByText('Saved.').waitFor();
      await heading(page, 'Old phone');
    },
  ],
  [
    'a device is removed',
    async (at) => {
      const { page } = at;
      await open(at, /Old phone/);
      await press(page, 'Remove');
      await confirming(at, () => press(page, 'Remove it'));
      await page.getByRole('link', { name: /Tablet/ }).waitFor();
      await page.getByRole('link', { name: /Old phone/ }).waitFor({ state: 'detached' });
    },
  ],
  [
    'the password is changed',
    async (at) => {
      const { page, home } = at;
      await page.goto(`${home}/password`);
      await page.getByLabel('Password now').fill(password);
      await page.getByLabel('New password').fill('violet tractor seldom rains');
      await confirming(at, () => press(page, 'Change password'));
      await heading(page, 'Your password is changed');
    },
  ],
  [
    'a device is offered first',
    async (at) => {
      const { page } = at;
      await open(at, /Tablet/);
      await confirming(at, () => press(page, 'Offer this first'));
      await page.getByText('Your sign-ins begin with this one.').waitFor();
    },
  ],
];
