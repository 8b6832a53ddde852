import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const binary = resolve(import.meta.dirname, '../../../bin/factordesk');
const later = resolve(import.meta.dirname, '../later/main.go');

/** A running Factordesk of its own: the real binary with the demo data, on a database of its own. */
export interface Factordesk {
  /** The public address, such as `http://127.0.0.1:41234`. */
  url: string;
  /** The sandbox's address. */
  sandbox: string;
  /** What the newest mail to an address says; waits for one that was not there after `before` mails. */
  mailTo(address: string, before?: number): Promise<string>;
  /** Lets so much time pass that everybody's second factor is too old for what asks for a fresh one, and no limit is met. */
  later(): Promise<void>;
  /** Runs a command as its operator would, and returns what it prints. */
  command(...args: string[]): Promise<string>;
  stop(): Promise<void>;
}

/** A Factordesk for acceptance tests on the data of a demo. There is no sandbox: codes go by mail. */
export interface UAT extends Pick<Factordesk, 'url' | 'stop'> {
  /** The newest code that was mailed once `send` was begun. */
  codeAfter(send: () => Promise<unknown>): Promise<string>;
}

export async function startFactordesk(environment: Record<string, string> = {}): Promise<Factordesk> {
  const folder = await newFolder();
  const { said, stop } = await serve(folder, ['--demo'], environment);
  return {
    url: find(said, /API\s+(http:\/\/[^/]+)\/graphql/),
    sandbox: find(said, /Phones\s+(http:\/\/[^/]+)\/sandbox\//),
    async mailTo(address, before = 0) {
      for (let tries = 0; tries < 100; tries++) {
        const mails = (await readMails(join(folder, 'var/mail'))).filter((mail) => mail.includes(`\nTo: <${address}>`));
        const newest = mails.at(-1);
        if (newest && mails.length > before) return newest;
        await new Promise((done) => setTimeout(done, 100));
      }
      throw new Error(`no mail came to ${address}`);
    },
    async later() {
      await promisify(execFile)('go', ['run', later, join(folder, 'var/factordesk.db')], { cwd: import.meta.dirname });
    },
    async command(...args) {
      return (await promisify(execFile)(binary, args, { cwd: folder, env: { PATH: process.env.PATH, FACTORDESK_ENVIRONMENT: 'development', ...environment } })).stdout;
    },
    async stop() {
      await stop();
      await rm(folder, { recursive: true });
    },
  };
}

export async function startUAT(): Promise<UAT> {
  const folder = await newFolder();
  const own = { FACTORDESK_KEYSET: join(folder, 'keyset.json') };
  await promisify(execFile)(binary, ['keys', 'create', '--keyset', own.FACTORDESK_KEYSET]);
  await (await serve(folder, ['--demo'], own)).stop();
  const { said, stop } = await serve(folder, [], { ...own, FACTORDESK_ENVIRONMENT: 'uat', FACTORDESK_MAIL_DIR: 'mails' });
  const mails = join(folder, 'mails');
  const received = async () => (existsSync(mails) ? (await readdir(mails)).filter((name) => name.endsWith('.eml')) : []);
  return {
    url: find(said, /API\s+(http:\/\/[^/]+)\/graphql/),
    async codeAfter(send) {
      const seen = new Set(await received());
      await send();
      for (let tries = 0; tries < 100; tries++) {
        const fresh = (await received()).find((name) => !seen.has(name));
        const mail = fresh && (await readFile(join(mails, fresh), 'utf8'));
        // The head has digits of its own.
        const code = mail && /\b\d{6}\b/.exec(mail.slice(mail.search(/\r?\n\r?\n/)))?.[0];
        if (code) return code;
        await new Promise((done) => setTimeout(done, 100));
      }
      throw new Error('no code was mailed');
    },
    async stop() {
      await stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** The mails in a folder as their readers see them, oldest first. */
async function readMails(folder: string): Promise<string[]> {
  const names = existsSync(folder) ? (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort() : [];
  return Promise.all(
    names.map(async (name) => {
      const bytes = (await readFile(join(folder, name), 'latin1')).replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
      return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\r', '');
    }),
  );
}

const newFolder = () => mkdtemp(join(tmpdir(), 'factordesk-e2e-'));

async function serve(folder: string, flags: string[], environment: Record<string, string> = {}) {
  if (!existsSync(binary)) throw new Error('bin/factordesk is missing: run `make build`, or `make test-web`, which does');
  const child = spawn(binary, ['serve', ...flags, '--addr', '127.0.0.1:0', '--ops-addr', '127.0.0.1:0', '--sandbox-addr', '127.0.0.1:0'], {
    cwd: folder,
    env: { PATH: process.env.PATH, FACTORDESK_LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = await greeting(child);
  const stop = async () => {
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await ended;
  };
  return { said, stop };
}

function find(said: string, line: RegExp): string {
  const found = line.exec(said)?.[1];
  if (!found) throw new Error(`the greeting says nothing of ${line}: ${said}`);
  return found;
}

function greeting(child: ChildProcess): Promise<string> {
  return new Promise((ready, failed) => {
    let out = '';
    let err = '';
    child.stdout?.on('data', (chunk) => {
      out += chunk;
      if (out.endsWith('\n\n')) ready(out); // its last line is empty
    });
    child.stderr?.on('data', (chunk) => (err += chunk));
    child.once('exit', (code) => failed(new Error(`factordesk ended with ${code}: ${err}`)));
  });
}
