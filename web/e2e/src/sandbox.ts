interface Phone {
  messages: { sid: string; body: string; receivedAt: string }[];
  calls: { sid: string; said: string; receivedAt: string }[];
}

/** The phones of the Twilio sandbox. */
export class Sandbox {
  constructor(private readonly url: string) {}

  async phone(number: string): Promise<Phone> {
    return (await fetch(`${this.url}/sandbox/phones/${number}`)).json() as Promise<Phone>;
  }

  /** The newest code at a phone that came after `send` was begun, by text or by call. */
  async codeAfter(number: string, send: () => Promise<unknown>): Promise<string> {
    const seen = new Set(received(await this.phone(number)).map((m) => m.sid));
    await send();
    for (let tries = 0; tries < 100; tries++) {
      const fresh = received(await this.phone(number)).filter((m) => !seen.has(m.sid));
      // Digits that are no part of a phone number: a text may tell of one.
      const code = fresh.map((m) => /(?<![+\d])\d{6}/.exec(m.words)?.[0]).find(Boolean);
      if (code) return code;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`no code came to ${number}`);
  }

  async setPhone(number: string, change: Record<string, string>): Promise<void> {
    await this.put(`/sandbox/phones/${number}`, 'PUT', change);
  }

  /** Changes an account at the sandbox, such as its token. */
  async setAccount(change: { sid: string; authToken?: string; balance?: string; status?: string }): Promise<void> {
    await this.put('/sandbox/account', 'PUT', change);
  }

  /** Sends a text as the account of harbor, through Twilio's own API. */
  async text(to: string, body: string): Promise<void> {
    const account = 'AC00000000000000000000000000000001';
    const answer = await fetch(`${this.url}/2010-04-01/Accounts/${account}/Messages.json`, {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa(`${account}:harborsandboxtoken`)}` },
      body: new URLSearchParams({ From: '+12025550190', To: to, Body: body }),
    });
    if (!answer.ok) throw new Error(`a text to ${to}: ${answer.status} ${await answer.text()}`);
  }

  async fault(fault: Record<string, unknown>): Promise<void> {
    await this.put('/sandbox/faults', 'POST', fault);
  }

  async clearFaults(): Promise<void> {
    await this.put('/sandbox/faults', 'DELETE');
  }

  private async put(path: string, method: string, body?: unknown): Promise<void> {
    const answer = await fetch(this.url + path, { method, body: body ? JSON.stringify(body) : undefined });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  }
}

const received = (phone: Phone) => [
  ...phone.messages.map((m) => ({ sid: m.sid, words: m.body })),
  // Digits are spoken one by one: "1, 2, 3".
  ...phone.calls.map((c) => ({ sid: c.sid, words: c.said.replace(/(\d)[,.]?\s+(?=\d)/g, '$1') })),
];
