import type { Browser, Page } from 'playwright-core';
import { startBrowser } from './browser';
import { startFactordesk, type Factordesk } from './factordesk';
import { password, type Person } from './people';
import { Sandbox } from './sandbox';

/** A Factordesk and a browser to look at it. */
export class Desk {
  readonly sandbox: Sandbox;

  private constructor(
    readonly factordesk: Factordesk,
    readonly browser: Browser,
  ) {
    this.sandbox = new Sandbox(factordesk.sandbox);
  }

  static async start(environment?: Record<string, string>): Promise<Desk> {
    const [factordesk, browser] = await Promise.all([startFactordesk(environment), startBrowser()]);
    return new Desk(factordesk, browser);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.factordesk.stop();
  }

  /** A page of a browser that nobody has used. Whatever it logs as an error fails the test. */
  async page(options: { width?: number; height?: number; dark?: boolean } = {}): Promise<Page> {
    const context = await this.browser.newContext({
      viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
      colorScheme: options.dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
      locale: 'en-US',
      timezoneId: 'America/New_York',
      baseURL: this.factordesk.url,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    return page;
  }

  /** Signs in at the admin dashboard, as a person would. */
  async signIn(page: Page, who: Person, path = '/admin/'): Promise<void> {
    await page.goto(path);
    await page.getByLabel('Institution').fill(who.institution);
    await page.getByLabel('Email address').fill(who.email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await this.secondFactor(page, who);
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
  }

  /** Signs in at the digital banking client, as a customer would who came by a link of the bank's. */
  async signInToBank(page: Page, who: Person): Promise<void> {
    await this.enterPassword(page, who);
    await this.secondFactor(page, who);
    await page.getByRole('heading', { level: 1, name: 'Security' }).waitFor();
  }

  /** Gives a customer's password, up to where a code is asked for. */
  async enterPassword(page: Page, who: Person, typed: string = password): Promise<void> {
    await page.goto(`/banking/?institution=${who.institution}`);
    await page.getByLabel('Email address').fill(who.email);
    await page.getByLabel('Password', { exact: true }).fill(typed);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  /** Meets the challenge that is on the page. */
  async secondFactor(page: Page, who: Pick<Person, 'phone'>): Promise<void> {
    const send = page.getByRole('button', { name: /Text me a code|Call me with a code/ });
    await send.waitFor();
    const code = await this.sandbox.codeAfter(who.phone, () => send.click());
    await page.getByLabel('Code', { exact: true }).fill(code);
    await page.getByRole('button', { name: 'Continue' }).click();
  }

  /** Gives a second factor in the dialog. A phone gets one code in 30 s: after a sign-in, the page may count that down first. */
  async stepUp(page: Page, who: Person): Promise<void> {
    const dialog = page.getByRole('dialog', { name: 'Confirm it’s you' });
    const send = dialog.getByRole('button', { name: 'Text me a code' });
    const field = dialog.getByLabel('Code', { exact: true });
    const wait = dialog.getByText(/Try again in/);
    const code = await this.sandbox.codeAfter(who.phone, async () => {
      await send.click();
      await field.or(wait).waitFor();
      if (await wait.isVisible()) {
        await wait.waitFor({ state: 'hidden', timeout: 40_000 });
        await send.click();
      }
    });
    await field.fill(code);
    await dialog.getByRole('button', { name: 'Continue' }).click();
  }
  /** Types wrong codes for somebody until they are told to wait. */
  async wrongCodes({ institution, email: username }: Person): Promise<void> {
    const ask = async (query: string, input: Record<string, unknown>) => {
      const answer = await fetch(`${this.factordesk.url}/graphql`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Factordesk-Client': 'banking' },
        body: JSON.stringify({ query, variables: { input } }),
      });
      return (await answer.json()) as { data: { signIn?: { challenge: { id: string; options: { id: string }[] } } }; errors?: { extensions: { code: string } }[] };
    };
    const { data } = await ask('mutation($input: SignInInput!) { signIn(input: $input) { challenge { id options { id } } } }', { institution, username, password });
    const challenge = data.signIn?.challenge;
    for (let tries = 0; tries < 6; tries++) {
      const { errors } = await ask('mutation($input: VerifyCodeInput!) { verifyCode(input: $input) { viewer { permissions } } }', {
        challengeId: challenge?.id,
        optionId: challenge?.options[0]?.id,
        code: '000000',
      });
      if (errors?.[0]?.extensions.code === 'THROTTLED') return;
    }
    throw new Error(`six wrong codes, and nobody tells ${username} to wait`);
  }
}
