import { readEvents } from './events';
import type { FaultCode } from './fault';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** How long a stream may take to open, and be silent after that: the server says every 15 s that it is there. */
const SILENCE_MS = 45_000;

/** What is not granted later either. */
const FINAL: readonly string[] = ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'INVALID_INPUT'] satisfies FaultCode[];

/** A result of a subscription, as GraphQL has it. */
interface Result<Data> {
  data?: Data | null;
  errors?: readonly { extensions?: { code?: string } }[];
}

/** Who follows a subscription. */
export interface Follower<Data> {
  /** Asks for the stream, which ends with the signal. */
  open(signal: AbortSignal): Promise<Response>;
  /** The stream is open, for the first time or again: what was read before may lack something. */
  onOpen(): void;
  onData(data: Data): void;
  /** There is no stream for now or, where it was refused, for good: whoever reads then learns why. */
  onLost(refused: boolean): void;
}

/**
 * Follows a subscription by server-sent events, in the distinct connections mode of graphql-sse. A stream that ends,
 * breaks or falls silent is asked for again after 1 s, then 2, 4 and so on up to 30, and after 1 s again once one has
 * lasted; one that is refused for good is not. Returns what ends it.
 */
export function follow<Data>(follower: Follower<Data>): () => void {
  const stop = new AbortController();
  void again(follower, stop.signal);
  return () => stop.abort();
}

async function again<Data>(follower: Follower<Data>, stop: AbortSignal): Promise<void> {
  let wait = FIRST_WAIT_MS;
  while (!stop.aborted) {
    const begun = Date.now();
    const refused = await once(follower, stop).catch(() => false);
    if (stop.aborted) return;
    follower.onLost(refused);
    if (refused) return;
    if (Date.now() - begun >= LONGEST_WAIT_MS) wait = FIRST_WAIT_MS;
    await pause(wait, stop);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
}

/** Follows one stream to its end, and reports whether it was refused for good. */
async function once<Data>(follower: Follower<Data>, stop: AbortSignal): Promise<boolean> {
  const silence = new AbortController();
  const hush = () => setTimeout(() => silence.abort(), SILENCE_MS);
  let timer = hush();
  let open = false;
  try {
    const { ok, body, headers } = await follower.open(AbortSignal.any([stop, silence.signal]));
    if (!ok || !body || !headers.get('Content-Type')?.startsWith('text/event-stream')) return false;
    for await (const { name, data } of readEvents(body)) {
      clearTimeout(timer);
      timer = hush();
      if (stop.aborted || name === 'complete') return false;
      const result = name === 'next' ? (JSON.parse(data) as Result<Data>) : {};
      const code = result.errors?.[0]?.extensions?.code;
      if (result.errors && !result.data) return code !== undefined && FINAL.includes(code);
      if (!open) follower.onOpen();
      open = true;
      if (result.data) follower.onData(result.data);
    }
    return false;
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}

const pause = (ms: number, stop: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const timer = setTimeout(done, ms);
    stop.addEventListener('abort', () => {
      clearTimeout(timer);
      done();
    });
  });
