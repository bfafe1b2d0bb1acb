import { refusal, request } from './request.js';

/** As of an EventSource, which a browser may lack. */
export const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 2;

const EVENT_STREAM = 'text/event-stream';
const RETRY = 3_000; // milliseconds, until the server says otherwise

/**
 * An EventSource that says who asks: a browser's own sends no such header. It has the same events, ids and states, and comes back
 * by itself after a cut. Where it is refused, `problem` says why.
 */
export class TokenEventSource extends EventTarget {
  #settings;
  #url;
  #closing = new AbortController();
  #retry = RETRY;
  #timer; // of the next attempt
  #lastEventId = ''; // of the last event that was whole

  // of the event that is being read
  #rest = ''; // of a line
  #type = '';
  #data = [];
  #id = '';

  readyState = CONNECTING;
  /** @type {Error | undefined} see `refusal` */
  problem;

  /**
   * @param {import('./options.js').Settings} settings
   * @param {string} url
   */
  constructor(settings, url) {
    super();
    this.#settings = settings;
    this.#url = url;
    this.#connect();
  }

  close() {
    this.readyState = CLOSED;
    this.#closing.abort(new Error('closed'));
    clearTimeout(this.#timer);
  }

  async #connect() {
    const { signal } = this.#closing;
    const id = this.#lastEventId;
    try {
      const response = await request(this.#settings, this.#url, {
        signal,
        headers: { Accept: EVENT_STREAM, ...(id ? { 'Last-Event-ID': id } : {}) },
      });
      if (response.ok && response.headers.get('Content-Type')?.startsWith(EVENT_STREAM)) {
        await this.#read(response.body.getReader());
      } else {
        this.problem = refusal(response, await response.text());
        this.readyState = CLOSED;
        this.dispatchEvent(new Event('error'));
        return;
      }
    } catch {
      // a cut, and told as that; or closed
    }
    if (!signal.aborted) {
      this.readyState = CONNECTING;
      this.dispatchEvent(new Event('error'));
    }
    if (!signal.aborted) { // by whoever was told
      this.#timer = setTimeout(() => this.#connect(), this.#retry);
    }
  }

  async #read(reader) {
    const utf8 = new TextDecoder();
    this.readyState = OPEN;
    this.#rest = '';
    this.#begin();
    this.#id = this.#lastEventId;
    for (let { value, done } = await reader.read(); !done; { value, done } = await reader.read()) {
      const lines = (this.#rest + utf8.decode(value, { stream: true })).split(/\r\n|\n|\r(?!$)/); // an LF may follow
      this.#rest = lines.pop();
      for (const line of lines) {
        this.#take(line);
        if (this.#closing.signal.aborted) { // by whoever was told
          return;
        }
      }
    }
  }

  #begin() {
    this.#type = '';
    this.#data = [];
  }

  #take(line) {
    if (line === '') {
      this.#tell();
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon); // of a comment it is empty
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') {
      this.#data.push(value);
    } else if (field === 'event') {
      this.#type = value;
    } else if (field === 'id' && !value.includes('\0')) {
      this.#id = value;
    } else if (field === 'retry' && /^[0-9]+$/.test(value)) {
      this.#retry = Number(value);
    }
  }

  #tell() {
    this.#lastEventId = this.#id;
    const [type, data] = [this.#type || 'message', this.#data];
    this.#begin();
    if (data.length > 0) {
      this.dispatchEvent(new MessageEvent(type, { data: data.join('\n'), lastEventId: this.#lastEventId }));
    }
  }
}
