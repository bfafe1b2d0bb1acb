import { delayAfter } from './backoff.js';
import { page } from './page.js';
import { CONNECTING, TokenEventSource } from './token-event-source.js';

const HELD_BACK = 3_000; // a stream's first event comes at once: so long without it, and a page is asked for
const FIRST_TRIAL = 2_000; // while only pages are to be had the stream is tried after this, then after twice as long …
const LAST_TRIAL = 300_000;
const RENEWAL = 10_000; // what has expired is asked for anew at once, but not more often than this
const LONGEST_WAIT = 25_000; // of a long poll: many proxies give up after 30 s

/**
 * The leader's way to the server: the stream; and where that is not to be had but pages are, pages, while the stream is
 * tried again now and then. It has no position of its own: what comes twice by the two ways is the leader's to see.
 *
 * That a proxy holds the stream back is found out, not guessed: a stream's first event comes at once. Where it does not,
 * but a page that was asked for later is answered, something keeps it.
 */
export class Source {
  #leader;
  #settings;
  #stream;
  #begun = false; // the stream's first event has come
  #polling; // an AbortController while there are pages only
  #timer; // of the stream: until it should have begun, or until it is tried
  #failing = false; // neither stream nor pages, until the next attempt
  #failures = 0;
  #trials = 0; // of the stream, while there are pages
  #streamless = false; // the browser has no EventSource, or gives none
  #renewed = -Infinity; // when something that had expired was asked for anew, as `performance` says it
  #awaited; // what the application reloads, which is waited for without a stream
  #stopped = false;

  /**
   * @param {import('./leader.js').Leader} leader
   * @param {import('./options.js').Settings} settings
   */
  constructor(leader, settings) {
    this.#leader = leader;
    this.#settings = settings;
  }

  /** Begins, or begins anew. */
  start() {
    this.#end();
    this.#leader.tell('connecting');
    this.#connect();
  }

  /** Ends it once and for all, also from within what the leader is told. */
  stop() {
    this.#stopped = true;
    this.#end();
  }

  /** Whether there is nothing to be heard of now. */
  get isWaiting() {
    return !this.#stream && !this.#polling;
  }

  /** There may be a way now, so there is no need to wait; but where the server has said when to come, it is then. */
  hurry() {
    if (this.#failing) {
      this.start();
    }
  }

  #connect() {
    if (this.#stopped) {
      return;
    }
    this.#endStream();
    this.#failing = false;
    const { reload } = this.#leader;
    if (reload) {
      this.#leader.tell('catching-up');
      if (this.#awaited !== reload) {
        this.#awaited = reload;
        reload.then(() => this.#connect());
      }
      return;
    }
    let asked = performance.now();
    const { base, query, beginning, token, withCredentials } = this.#settings;
    const place = this.#leader.position ? { lastEventId: this.#leader.position } : beginning.stream;
    const parameters = new URLSearchParams([...query, ...Object.entries({ ...place, heartbeat: 'event' })]);
    const url = `${base}api/events?${parameters}`;
    try {
      this.#stream = token ? new TokenEventSource(this.#settings, url) : new EventSource(url, { withCredentials });
    } catch {
      this.#streamless = true;
      this.#poll('no EventSource');
      return;
    }
    const stream = this.#stream;
    this.#timer = setTimeout(() => this.#miss('held back'), HELD_BACK);
    const on = (name, act) => stream.addEventListener(name, event => {
      this.#leader.hear(event.data);
      act(event.lastEventId, event.data);
    });
    on('message', (position, text) => position && this.#leader.receive([[position, text]], position)); // else not recorded
    on('trailcast.erased', (position, text) => this.#leader.receive([[position, text]], position));
    on('trailcast.position', (position, text) => {
      this.#begin(asked);
      if (position) { // not where a gap comes next
        this.#leader.receive([], position);
      }
      this.#leader.tell(JSON.parse(text).live ? 'live' : 'catching-up');
    });
    on('trailcast.gap', (position, text) => {
      this.#leader.skip(JSON.parse(text));
      if (this.#leader.reload) {
        this.#connect(); // anew, from there, when that is done
      }
    });
    on('trailcast.closing', (position, text) => {
      const { reason, retry } = JSON.parse(text);
      if (reason === 'ended') { // by an administrator: coming back would be against that
        this.#fail({ message: reason, ends: 'closed' });
        return;
      }
      this.#endStream();
      if (!this.#polling) {
        this.#leader.lose(reason);
      }
      this.#connectIn(reason === 'expired' && this.#mayRenew() ? 0 : retry);
    });
    stream.addEventListener('error', () => {
      // After a cut the first attempt is the browser's, for it alone knows the server's `retry`. Where it gives up, or
      // fails too, the waits are ours, and grow.
      if (this.#begun && stream.readyState === CONNECTING) {
        this.#begun = false;
        asked = undefined; // by the browser, nobody knows when
        this.#leader.lose('cut');
      } else if (stream.problem?.ends) { // a browser's own does not say
        this.#fail(stream.problem);
      } else {
        this.#endStream();
        this.#miss('refused');
      }
    });
  }

  #mayRenew() {
    const now = performance.now();
    const may = now - this.#renewed > RENEWAL;
    this.#renewed = may ? now : this.#renewed;
    return may;
  }

  #begin(asked) {
    if (!this.#begun) {
      clearTimeout(this.#timer);
      this.#begun = true;
      this.#polling?.abort();
      this.#polling = undefined;
      this.#failures = 0;
      this.#trials = 0;
      this.#leader.arrive(asked);
    }
  }

  /** The stream has not begun; it may be silent still. */
  #miss(why) {
    if (this.#polling) {
      this.#tryLater();
    } else {
      this.#leader.lose(why);
      this.#poll(why);
    }
  }

  #tryLater() {
    this.#endStream();
    this.#connectIn(Math.min(LAST_TRIAL, FIRST_TRIAL * 2 ** this.#trials++));
  }

  async #poll(why) {
    if (this.#stopped) {
      return;
    }
    const polling = this.#polling = new AbortController();
    const asked = performance.now();
    let wait; // not the first time: it is also to tell what is wrong
    try {
      while (true) {
        const answer = await page(this.#settings, this.#leader.position, polling.signal, wait);
        if (polling.signal.aborted) {
          return;
        }
        if (wait === undefined) {
          this.#leader.arrive(asked);
          if (!this.#streamless) {
            this.#tryLater();
          }
        }
        this.#failures = 0;
        this.#leader.hear(answer.text);
        if (answer.gap) {
          this.#leader.skip(answer.gap);
          await this.#leader.reload;
          if (polling.signal.aborted) {
            return;
          }
        }
        this.#leader.receive(answer.items, answer.next);
        this.#leader.tell(answer.upToDate ? 'polling' : 'catching-up', why);
        wait = answer.upToDate ? Math.min(LONGEST_WAIT, this.#settings.silence / 2) : 0;
      }
    } catch (problem) {
      if (!polling.signal.aborted) {
        this.#fail(problem);
      }
    }
  }

  #fail(problem) {
    this.#end();
    if (problem.ends) {
      this.#leader.close(problem.message, problem.ends);
    } else {
      this.#failing = true;
      this.#leader.lose(problem.message);
      this.#connectIn(Math.max(problem.retry ?? 0, delayAfter(++this.#failures)));
    }
  }

  #connectIn(milliseconds) {
    this.#timer = setTimeout(() => this.#connect(), milliseconds);
  }

  #end() {
    this.#polling?.abort();
    this.#polling = undefined;
    this.#endStream();
  }

  #endStream() {
    clearTimeout(this.#timer);
    this.#stream?.close();
    this.#stream = undefined;
    this.#begun = false;
  }
}
