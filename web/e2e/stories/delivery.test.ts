import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Desk } from '../src/desk';
import { focused, tabTo } from '../src/keyboard';
import { overflows, violations } from '../src/look';
import { customers, type Person } from '../src/people';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.start();
});
afterAll(() => desk.stop());

const narrow = { width: 390, height: 844 };

/** How long it may take until a phone gets another code: half a minute, and some for a slow machine. */
const untilAnother = { timeout: 50_000 };

describe('in a browser that knows the customer', () => {
  test('a text that does not arrive is told, and a call comes instead', { timeout: 150_000 }, async () => {
    const page = await known(customers.mobile);
    await desk.sandbox.setPhone(customers.mobile.phone, { outcome: 'undelivered:30003' });
    await desk.enterPassword(page, customers.mobile);
    await page.getByRole('button', { name: 'Text me a code' }).click();
    const field = page.getByLabel('Code', { exact: true });
    await field.waitFor();
    expect(await page.locator('[aria-live=polite]').count()).toBe(1);
    await page.keyboard.type('12');
    await news(page, 'The text did not arrive.');
    expect([await field.inputValue(), await focused(field)]).toEqual(['12', true]);
    await seen(page);

    const call = page.getByRole('button', { name: 'Call me instead' });
    const code = await desk.sandbox.codeAfter(customers.mobile.phone, async () => {
      await tabTo(page, call);
      await page.keyboard.press('Enter');
      // The text was only just sent: the page counts down until the phone may get another code.
      const again = page.getByRole('button', { name: 'Try again', exact: true });
      await page.getByRole('button', { name: /Try again in/ }).waitFor();
      await seen(page);
      await again.click(untilAnother);
      await page.getByText(/Press any key when/).first().waitFor();
    });
    await page.getByText('The call says them once you have pressed any key').waitFor();
    expect(await focused(field)).toBe(true);
    await news(page, 'We said your code in the call.');
    await seen(page);
    await page.keyboard.type(code);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Security' }).waitFor();
    expect((await desk.sandbox.phone(customers.mobile.phone)).calls).toHaveLength(1);
  });

  test('who can’t press a key is called again without', { timeout: 150_000 }, async () => {
    const page = await known(customers.voip);
    await desk.sandbox.setPhone(customers.voip.phone, { callOutcome: 'no-key' });
    await desk.enterPassword(page, customers.voip);
    await page.getByRole('button', { name: 'Call me with a code' }).click();
    await news(page, 'We called, and no key was pressed, so we did not say your code.');
    await seen(page);

    const code = await desk.sandbox.codeAfter(customers.voip.phone, async () => {
      await page.getByRole('button', { name: 'I can’t press a key: call again and say the code' }).click();
      await page.getByRole('button', { name: 'Try again', exact: true }).click(untilAnother);
    });
    await news(page, 'We said your code in the call.');
    expect(await page.getByRole('button', { name: /I can’t press a key/ }).count()).toBe(0);
    await seen(page);
    await page.getByLabel('Code', { exact: true }).fill(code);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { level: 1, name: 'Security' }).waitFor();
  });
});

describe('in a browser that nobody knows', () => {
  test('a text that arrives is not told', async () => {
    const page = await desk.page(narrow);
    await desk.sandbox.setPhone(customers.mobile.phone, { outcome: 'delivered' });
    await desk.factordesk.later();
    await desk.enterPassword(page, customers.mobile);
    const send = page.getByRole('button', { name: 'Text me a code' });
    await desk.sandbox.codeAfter(customers.mobile.phone, () => send.click());
    for (let looks = 0; looks < 3; looks++) expect(await looked(page)).toBeNull();
    expect(await page.locator('[aria-live=polite]').innerText()).toBe('');
    await seen(page);
    await page.context().close();
  });

  test('one that does not arrive is', async () => {
    const page = await desk.page(narrow);
    await desk.sandbox.setPhone(customers.landline.phone, { outcome: 'undelivered:30006' });
    await desk.enterPassword(page, customers.landline);
    await page.getByRole('button', { name: 'Text me a code' }).click();
    await news(page, 'The text did not arrive.');
    await page.getByRole('button', { name: 'Call me instead' }).waitFor();
    await seen(page);
    await page.getByRole('button', { name: 'Español' }).click();
    await news(page, 'El mensaje de texto no ha llegado.');
    await page.getByRole('button', { name: 'Recibir una llamada' }).waitFor();
    await seen(page);
    await page.context().close();
  });
});

/** A page of a browser in which a customer has signed in before, a while ago. */
async function known(who: Person): Promise<Page> {
  const page = await desk.page(narrow);
  await desk.signInToBank(page, who);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  await desk.factordesk.later();
  return page;
}

/** Waits until the page says aloud what became of a code. */
const news = (page: Page, words: string): Promise<void> => page.locator('[aria-live=polite]').getByText(words, { exact: true }).waitFor();

/** What the page's next look at the challenge learns of its code. */
async function looked(page: Page): Promise<unknown> {
  const answer = await page.waitForResponse(async (r) => r.url().endsWith('/graphql') && 'challenge' in ((await r.json()) as { data: object }).data);
  return ((await answer.json()) as { data: { challenge: { delivery: unknown } } }).data.challenge.delivery;
}

/** Looks at a page as it is. */
async function seen(page: Page): Promise<void> {
  expect(await overflows(page)).toBe(false);
  expect(await violations(page)).toEqual([]);
}
