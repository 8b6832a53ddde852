import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const binary = resolve(import.meta.dirname, '../../../bin/factordesk');

/** A running Factordesk of its own: the real binary with the demo data, on a database of its own. */
export interface Factordesk {
  /** The public address, such as `http://127.0.0.1:41234`. */
  url: string;
  /** The sandbox's address. */
  sandbox: string;
  stop(): Promise<void>;
}

export async function startFactordesk(environment: Record<string, string> = {}): Promise<Factordesk> {
  if (!existsSync(binary)) throw new Error('bin/factordesk is missing: run `make build`, or `make test-web`, which does');
  const folder = await mkdtemp(join(tmpdir(), 'factordesk-e2e-'));
  const child = spawn(
    binary,
    ['serve', '--demo', '--addr', '127.0.0.1:0', '--ops-addr', '127.0.0.1:0', '--sandbox-addr', '127.0.0.1:0'],
    { cwd: folder, env: { PATH: process.env.PATH, FACTORDESK_LOG_LEVEL: 'warn', ...environment }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const said = await greeting(child);
  const find = (line: RegExp) => {
    const found = line.exec(said)?.[1];
    if (!found) throw new Error(`the greeting says nothing of ${line}: ${said}`);
    return found;
  };
  return {
    url: find(/API\s+(http:\/\/[^/]+)\/graphql/),
    sandbox: find(/Phones\s+(http:\/\/[^/]+)\/sandbox\//),
    async stop() {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

function greeting(child: ChildProcess): Promise<string> {
  return new Promise((ready, failed) => {
    let out = '';
    let err = '';
    child.stdout?.on('data', (chunk) => {
      out += chunk;
      if (out.includes('factordesk-demo')) ready(out);
    });
    child.stderr?.on('data', (chunk) => (err += chunk));
    child.once('exit', (code) => failed(new Error(`factordesk ended with ${code}: ${err}`)));
  });
}
