/** An event of a stream: its name, and its data with lines joined by `\n`. A comment is one without a name. */
export interface StreamEvent {
  name: string;
  data: string;
}

const COMMENT: StreamEvent = { name: '', data: '' };

/**
 * Reads server-sent events out of a body, as section 9.2 of the HTML standard has them, whatever pieces they come in.
 * An event that the body's end cuts off is none.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent> {
  let name = '';
  let data: string[] = [];
  for await (const line of lines(body)) {
    if (line.startsWith(':')) yield COMMENT;
    else if (line !== '') {
      const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? [];
      if (field === 'event') name = value;
      if (field === 'data') data.push(value);
    } else {
      if (data.length > 0) yield { name: name || 'message', data: data.join('\n') };
      name = '';
      data = [];
    }
  }
}

/** The lines of a body that it ended itself, by `\n`, `\r\n` or `\r`. */
async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      // A `\r` at the end may be half of a `\r\n`: it waits for what comes next.
      const parts = (rest + decoder.decode(value, { stream: true })).split(/\r\n|\n|\r(?!$)/);
      rest = parts.pop() ?? '';
      yield* parts;
    }
  } finally {
    // Also where whoever reads has seen enough.
    await reader.cancel().catch(() => undefined);
  }
}
