import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, userId } from '../src/api';
import { Desk } from '../src/desk';
import { overflows, violations } from '../src/look';
import { confirming } from '../src/ownAccount';
import { customers, people } from '../src/people';
import { totp } from '../src/totp';

const mona = customers.mobile;
const spare = '+12025550178';
const chosen = 'violet tractor seldom rains';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.start();
});
afterAll(() => desk.stop());

test('an account that was taken over by a relayed code is won back', { timeout: 240_000 }, async () => {
  const [admin, owner, thief] = [await desk.page(), await desk.page({ width: 390 }), await desk.page({ width: 390 })];
  await desk.signIn(admin, people.admin);

  // Mona has had a phone and an app for long, and added another phone today.
  await desk.signInToBank(owner, mona);
  let added = '';
  const code = await desk.sandbox.codeAfter(spare, async () => {
    const { addPhoneDevice } = await atBank<{ addPhoneDevice: { device: { id: string } } }>(
      owner,
      `mutation { addPhoneDevice(input: { phoneNumber: "${spare}", label: "Spare phone" }) { device { id } } }`,
    );
    added = addPhoneDevice.device.id;
  });
  await confirm(owner, added, code);
  await desk.factordesk.mailTo(mona.email);
  await desk.factordesk.later(); // between two codes to one phone

  // The thief knows her password and talks her out of a code. He binds an app of his own, which needs no code of hers again.
  await desk.signInToBank(thief, mona);
  const { startAuthenticator } = await atBank<{ startAuthenticator: { secret: string; device: { id: string } } }>(
    thief,
    'mutation { startAuthenticator(input: { label: "Totally Mona" }) { secret device { id } } }',
  );
  await confirm(thief, startAuthenticator.device.id, totp(startAuthenticator.secret));

  // The mail about it has a link, and its page a button.
  const notice = await mailWith('An authenticator app was set up');
  await owner.goto(/http:\/\/\S+\/not-you\/\S+/.exec(notice)?.[0] ?? '');
  await owner.getByRole('button', { name: 'It was not me: protect my account' }).click();
  await owner.getByRole('heading', { level: 1, name: 'Your account is protected' }).waitFor();

  // Whatever the thief does next is refused, and neither the password nor his app lets him in again.
  await thief.getByRole('link', { name: /My app/ }).click();
  await thief.getByRole('heading', { name: 'Your session has ended' }).waitFor();
  await desk.enterPassword(thief, mona);
  await thief.getByText('This password works no longer').waitFor();
  await looksRight(thief);

  // Mona is led on to a new password. Only what she had for long proves that it is she.
  await desk.enterPassword(owner, mona);
  await owner.getByRole('button', { name: 'Choose a new password' }).click();
  await owner.getByRole('button', { name: 'Mail me a link' }).click();
  await owner.getByText('Look into your mailbox').waitFor();
  const mail = await mailWith('/banking/reset-password#');
  await owner.goto(/http:\/\/\S+\/banking\/reset-password#\S+/.exec(mail)?.[0] ?? '');
  await owner.getByLabel('New password').fill(chosen);
  await owner.getByRole('button', { name: 'Continue' }).click();
  await owner.getByText('Not available now').waitFor();
  expect(await owner.getByText(/^Suspended, because/).count()).toBe(2);
  await looksRight(owner);
  await desk.factordesk.later();
  await desk.secondFactor(owner, mona);
  await owner.getByRole('heading', { level: 1, name: 'Security' }).waitFor();
  await owner.getByRole('link', { name: /Totally Mona/ }).getByText('Suspended').waitFor();
  await looksRight(owner);

  // She calls. Staff see what is suspended and why, restore her phone, with a second factor of twenty minutes ago, and reset his app.
  await admin.goto(`/admin/users/${await userId(admin, mona.email)}`);
  await admin.getByText('Totally Mona is suspended').waitFor();
  const phone = admin.getByRole('article', { name: 'Spare phone' });
  await phone.getByText('The owner said “It was not me” of a notice').waitFor();
  await looksRight(admin);
  await phone.getByRole('button', { name: 'Restore: +1 202-555-0178' }).click();
  const restoring = admin.getByRole('dialog', { name: 'Restore +1 202-555-0178?' });
  await looksRight(admin);
  await restoring.getByRole('button', { name: 'Restore device' }).click();
  await restoring.getByText('Say why, in a few words').waitFor();
  await restoring.getByLabel('Why is it restored?').fill('Called back, she holds it');
  await confirming({ desk, page: admin, who: people.admin }, () => restoring.getByRole('button', { name: 'Restore device' }).click());
  await told(admin, '+1 202-555-0178 signs the user in again.');
  await phone.getByText('In use').waitFor();

  await admin.getByRole('button', { name: 'Reset: Totally Mona' }).click();
  const resetting = admin.getByRole('dialog', { name: 'Reset Totally Mona?' });
  await resetting.getByLabel('Why is it reset?').fill('Not hers');
  await resetting.getByRole('button', { name: 'Reset device' }).click();
  await told(admin, 'Totally Mona was reset.');
  await admin.getByText('They have chosen a new password since. Unfreeze the account.').waitFor();
  await admin.getByRole('button', { name: 'Unfreeze' }).click();
  const unfreezing = admin.getByRole('dialog', { name: 'Unfreeze the account?' });
  await unfreezing.getByLabel('Why is it unfrozen?').fill('All devices are hers');
  await unfreezing.getByRole('button', { name: 'Unfreeze' }).click();
  await told(admin, 'The account is unfrozen');

  // A reset signed her out; the new password and the phone that came back let her in, the old password nobody.
  await desk.enterPassword(thief, mona);
  await thief.getByRole('alert').waitFor();
  await desk.enterPassword(owner, mona, chosen);
  await owner.getByRole('button', { name: /^Use another way/ }).or(owner.getByText('••• 0178')).first().waitFor();
});

const atBank = <Data>(page: Page, query: string, variables: Record<string, unknown> = {}) => ask<Data>(page, query, variables, 'banking');

const confirm = (page: Page, id: string, code: string) =>
  atBank(page, 'mutation($id: ID!, $code: String!) { confirmDevice(input: { deviceId: $id, code: $code }) { device { id } } }', { id, code });

const told = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words }).waitFor();

/** The first mail to Mona that says something. */
async function mailWith(words: string): Promise<string> {
  for (let before = 0; ; before++) {
    const mail = await desk.factordesk.mailTo(mona.email, before);
    if (mail.includes(words)) return mail;
  }
}

async function looksRight(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
}
