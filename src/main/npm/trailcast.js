// Trailcast in the browser: a client that never loses its place.
//
//   subscribe() ── Member ─┬─ Kept    what a reload finds again                             (IndexedDB)
//                          ├─ Tabs    which of the browser's tabs leads, and what it says   (Web Locks, BroadcastChannel)
//                          ├─ Source  the leader's way to the server                        (EventSource; else pages)
//                          └─ page()  everybody's way over a hole                           (fetch)
//
// Every subscription, in whichever tab, is a member; those that ask for the same as the same user have one leader, who alone
// has a connection. One rule makes it right. A member has one position, and takes an activity only if it lies ahead of that:
// so two ways may bring the same, early or late, and nothing comes twice. And whatever a leader passes on says what it
// follows (`prev`): where that is ahead of the member's position there is a hole, and pages fill it: so nothing is missed.
//
// Activities are passed on and kept as text. That is cheap to copy, and what an application does to the object that it is
// given stays with the application.

const HELD_BACK = 3_000; // a stream's first event comes at once: so long without it, and a page is asked for
const LEAST_DELAY = 500;
const MOST_DELAY = 30_000;
const FIRST_TRIAL = 2_000; // while only pages are to be had the stream is tried after this, then after twice as long …
const LAST_TRIAL = 300_000;
const PAGE = 1_000; // activities: as many as the server gives
const LONGEST_WAIT = 25_000; // of a long poll: many proxies give up after 30 s
const WRITE_EVERY = 500; // so that a thousand activities a second are two writes
const MOST_KEPT = 20; // subscriptions; the one that was written longest ago goes
const MOST_CHARACTERS = 1_000_000; // kept of each
const MOST_PENDING = 1_000; // messages that wait for a hole to be filled
const OPENING = 2_000; // of the database: some browsers never say that they can't
const RATE_SECONDS = 10;

const UTF_8 = new TextEncoder();

const members = new Set(); // this page's

/**
 * Follows a trail.
 *
 * @param {import('./trailcast.js').Options} options
 * @returns {import('./trailcast.js').Subscription}
 * @throws {TypeError} that names the option which is wrong
 */
export function subscribe(options) {
  const member = new Member(checked(options));
  return Object.freeze({ // what the parts say to each other is nobody else's
    get state() { return member.state; },
    get position() { return member.position; },
    measurements: () => member.measurements(),
    close: () => member.close('by the application'),
  });
}

/**
 * Wipes all that is kept in this browser, and closes the subscriptions of all its tabs: for log-out. They are closed and do
 * not begin anew, because that would be with a session that is gone, and would keep again what was to be forgotten.
 *
 * @returns {Promise<void>} fulfilled when it is wiped
 */
export async function forget() {
  for (const member of [...members]) {
    member.close('forgotten');
  }
  if (globalThis.BroadcastChannel) {
    const channel = new BroadcastChannel('trailcast');
    channel.postMessage('forget');
    channel.close();
  }
  await Kept.wipe();
}

function checked(options) {
  const {
    url = new URL('.', import.meta.url), filters = {}, since = 'now', user = '', keep = 200, silence = 45_000,
    onActivity, onGap = () => {}, onState = () => {}, ...unknown
  } = Object(options);
  const demand = (right, name, allowed) => {
    if (!right) {
      throw new TypeError(`${name} must be ${allowed}`);
    }
  };
  const whole = number => Number.isSafeInteger(number) && number >= 0;
  Object.keys(unknown).forEach(name => demand(false, name, 'left out: there is no such option'));
  let base;
  try {
    base = new URL(url, document.baseURI);
  } catch {
    // said below
  }
  demand(/^https?:$/.test(base?.protocol), 'url', 'the address of a Trailcast, above its /api');
  base = `${base.origin}${base.pathname.replace(/\/*$/, '/')}`;
  demand(filters !== null && typeof filters === 'object', 'filters', 'an object');
  const query = Object.entries(filters).flatMap(([name, values = []]) => {
    demand(['type', 'actor', 'source', 'subject'].includes(name), `filters.${name}`, 'left out: there is no such filter');
    return [values].flat().map(value => {
      demand(typeof value === 'string' && value !== '', `filters.${name}`, 'a text, or texts');
      return [name, value];
    });
  }).sort((one, other) => (String(one) < String(other) ? -1 : 1)); // the same filters are the same subscription
  const time = since instanceof Date ? since.getTime() : since;
  demand(time === 'now' || time === 'earliest' || Number.isSafeInteger(time) || whole(time?.last),
    'since', "'now', 'earliest', a Date, milliseconds since 1970, or {last: a number}");
  demand(typeof user === 'string', 'user', 'a text');
  demand(whole(keep), 'keep', 'a whole number');
  demand(Number.isFinite(silence) && silence >= 1_000, 'silence', 'milliseconds, 1000 at least');
  for (const [name, listener] of Object.entries({ onActivity, onGap, onState })) {
    demand(typeof listener === 'function', name, 'a function');
  }
  const place = typeof time === 'number' ? { since: time } : { last: time.last };
  const beginning = { // as the stream and as pages are asked for it
    now: { stream: {}, page: { last: 0 } },
    earliest: { stream: { lastEventId: 'earliest' }, page: { after: 'earliest' } },
  }[time] ?? { stream: place, page: place };
  return { base, query, beginning, user, keep, silence, onActivity, onGap, onState };
}

/**
 * Compares positions, `epoch-offset`: negative, 0 or positive, and NaN for those of two journals, which are in no order.
 * Whatever is compared with no position at all is ahead of it.
 */
function compare(one, other) {
  if (other === undefined) {
    return 1;
  }
  const [epoch, offset] = one.split('-');
  const [otherEpoch, otherOffset] = other.split('-');
  return epoch === otherEpoch ? Math.sign(Number(BigInt(offset) - BigInt(otherOffset))) : NaN;
}

/** How long to wait after so many failures: longer each time, and at random, for others have failed at the same time. */
function delayAfter(failures) {
  return LEAST_DELAY + Math.random() * (Math.min(MOST_DELAY, LEAST_DELAY * 2 ** failures) - LEAST_DELAY);
}

/**
 * `GET api/activities`.
 *
 * @param {ReturnType<typeof checked>} settings
 * @param {string | undefined} position to go on from
 * @param {AbortSignal} signal
 * @param {number} wait for how many milliseconds, where there is nothing
 * @throws {Error} with `isFinal` where it is no use to ask again, and `retry`, in milliseconds, where the server says when
 */
async function page(settings, position, signal, wait = 0) {
  const { base, query, beginning, silence } = settings;
  const place = position ? { after: position } : beginning.page;
  const waiting = wait > 0 ? { wait: `PT${Math.round(wait / 1_000)}S` } : {};
  const parameters = new URLSearchParams([...query, ...Object.entries({ ...place, ...waiting, limit: PAGE })]);
  const response = await fetch(`${base}api/activities?${parameters}`, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(wait + silence)]),
    cache: 'no-store', // what the browser has kept tells nothing of the server
  });
  const text = await response.text();
  if (!response.ok) {
    throw Object.assign(new Error(problemIn(text) ?? `${response.status} ${response.statusText}`), {
      isFinal: [400, 401, 403].includes(response.status), // not 404: that is answered while the application is put anew
      retry: 1_000 * (Number(response.headers.get('Retry-After')) || 0),
    });
  }
  const { activities, next, upToDate, gap } = JSON.parse(text);
  const items = activities.map(({ position: at, ...activity }) => [at, JSON.stringify(activity)]);
  return { items, next, upToDate, gap, bytes: bytes(text) };
}

function bytes(text) {
  return UTF_8.encode(text).length;
}

function problemIn(text) {
  try {
    return JSON.parse(text).detail;
  } catch {
    return undefined; // some proxy's page
  }
}

/**
 * The leader's way to the server: the stream; and where that is not to be had but pages are, pages, while the stream is
 * tried again now and then. It has no position of its own: what comes twice by the two ways is its sink's to see.
 *
 * That a proxy holds the stream back is found out, not guessed: a stream's first event comes at once. Where it does not,
 * but a page that was asked for later is answered, something keeps it.
 */
class Source {
  #sink;
  #settings;
  #stream;
  #begun = false; // the stream's first event has come
  #polling; // an AbortController while there are pages only
  #timer; // of the stream: until it should have begun, or until it is tried
  #failing = false;
  #failures = 0;
  #trials = 0;

  /** @param {Member} sink */
  constructor(sink, settings) {
    this.#sink = sink;
    this.#settings = settings;
  }

  /** Begins, or begins anew. */
  start() {
    this.stop();
    this.#sink.tell('connecting');
    this.#connect();
  }

  stop() {
    this.#polling?.abort();
    this.#polling = undefined;
    this.#endStream();
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
    this.#endStream();
    this.#failing = false;
    if (!globalThis.EventSource) {
      this.#poll('no EventSource');
      return;
    }
    let asked = performance.now();
    const { base, query, beginning } = this.#settings;
    const place = this.#sink.position ? { lastEventId: this.#sink.position } : beginning.stream;
    const parameters = new URLSearchParams([...query, ...Object.entries({ ...place, heartbeat: 'event' })]);
    const stream = this.#stream = new EventSource(`${base}api/events?${parameters}`);
    this.#timer = setTimeout(() => this.#miss('held back'), HELD_BACK);
    const on = (name, act) => stream.addEventListener(name, event => {
      this.#sink.hear(bytes(event.data));
      act(event.lastEventId, event.data);
    });
    on('message', (position, text) => position && this.#sink.receive([[position, text]], position)); // else not recorded
    on('trailcast.position', (position, text) => {
      this.#begin(asked);
      if (position) { // not where a gap comes next
        this.#sink.receive([], position);
      }
      this.#sink.tell(JSON.parse(text).live ? 'live' : 'catching-up');
    });
    on('trailcast.gap', (position, text) => this.#sink.skip(JSON.parse(text)));
    on('trailcast.closing', (position, text) => {
      const { reason, retry } = JSON.parse(text);
      this.#endStream();
      if (!this.#polling) {
        this.#sink.lose(reason);
      }
      this.#connectIn(retry);
    });
    stream.addEventListener('error', () => {
      // After a cut the first attempt is the browser's, for it alone knows the server's `retry`. Where it gives up, or
      // fails too, the waits are ours, and grow.
      if (this.#begun && stream.readyState === EventSource.CONNECTING) {
        this.#begun = false;
        asked = undefined; // by the browser, nobody knows when
        this.#sink.lose('cut');
      } else {
        this.#endStream();
        this.#miss('refused');
      }
    });
  }

  #begin(asked) {
    if (!this.#begun) {
      clearTimeout(this.#timer);
      this.#begun = true;
      this.#polling?.abort();
      this.#polling = undefined;
      this.#failures = 0;
      this.#trials = 0;
      this.#sink.arrive(asked);
    }
  }

  /** The stream has not begun; it may be silent still. */
  #miss(why) {
    if (this.#polling) {
      this.#tryLater();
    } else {
      this.#sink.lose(why);
      this.#poll(why);
    }
  }

  #tryLater() {
    this.#endStream();
    this.#connectIn(Math.min(LAST_TRIAL, FIRST_TRIAL * 2 ** this.#trials++));
  }

  async #poll(why) {
    const polling = this.#polling = new AbortController();
    const asked = performance.now();
    let wait; // not the first time: it is also to tell what is wrong
    try {
      while (true) {
        const answer = await page(this.#settings, this.#sink.position, polling.signal, wait);
        if (polling.signal.aborted) {
          return;
        }
        if (wait === undefined) {
          this.#sink.arrive(asked);
          if (globalThis.EventSource) {
            this.#tryLater();
          }
        }
        this.#failures = 0;
        this.#sink.hear(answer.bytes);
        this.#sink.receivePage(answer);
        this.#sink.tell(answer.upToDate ? 'polling' : 'catching-up', why);
        wait = answer.upToDate ? Math.min(LONGEST_WAIT, this.#settings.silence / 2) : 0;
      }
    } catch (problem) {
      if (!polling.signal.aborted) {
        this.#fail(problem);
      }
    }
  }

  #fail(problem) {
    this.stop();
    if (problem.isFinal) {
      this.#sink.close(problem.message);
    } else {
      this.#failing = true;
      this.#sink.lose(problem.message);
      this.#connectIn(Math.max(problem.retry ?? 0, delayAfter(++this.#failures)));
    }
  }

  #connectIn(milliseconds) {
    this.#timer = setTimeout(() => this.#connect(), milliseconds);
  }

  #endStream() {
    clearTimeout(this.#timer);
    this.#stream?.close();
    this.#stream = undefined;
    this.#begun = false;
  }
}

/**
 * Which of the browser's tabs leads: the one that holds the lock; the others hear of it by a channel. A browser that lacks
 * either, or refuses it, lets every tab lead for itself.
 */
class Tabs {
  #name;
  #member;
  #channel;
  #forgetting;
  #pending = new AbortController();
  #release;
  #left = false;
  #outgoing; // what is said next: many activities are one message
  #turn = new MessageChannel(); // ends the browser's task; a timer would, but in a tab that is hidden seconds later

  /** @param {Member} member */
  constructor(name, member) {
    this.#name = `trailcast ${name}`;
    this.#member = member;
    this.#turn.port1.onmessage = () => this.#flush();
    if (globalThis.BroadcastChannel) {
      this.#forgetting = new BroadcastChannel('trailcast');
      this.#forgetting.onmessage = () => member.close('forgotten');
    }
    if (globalThis.BroadcastChannel && navigator.locks) {
      this.#channel = new BroadcastChannel(this.#name);
      this.#channel.onmessage = ({ data }) => member.overhear(data);
      this.#queue();
      this.ask();
    } else {
      member.lead();
    }
  }

  #queue() {
    this.#pending = new AbortController();
    this.#request({ signal: this.#pending.signal });
  }

  /** Takes the lead from a tab that does not answer. */
  steal() {
    this.#pending.abort();
    this.#request({ steal: true });
  }

  #request(options) {
    let granted = false;
    navigator.locks.request(this.#name, options, () => new Promise(resolve => {
      granted = true;
      this.#release = resolve;
      if (this.#left) {
        resolve();
      } else {
        this.#member.lead();
      }
    })).catch(() => {
      if (this.#left || (!granted && options.signal?.aborted)) {
        return;
      }
      if (granted) { // and stolen
        this.#member.follow();
        this.#queue();
      } else { // a page without an origin of its own gets no locks
        this.#member.lead();
      }
    });
  }

  /** The leader answers. */
  ask() {
    this.#channel?.postMessage({ ask: true });
  }

  /** Says, as the leader, what came behind `prev`, and how it stands. */
  say(prev, items, next, state) {
    if (!this.#channel) {
      return;
    }
    if (this.#outgoing && this.#outgoing.next !== prev) {
      this.#flush(); // a gap lies between: what is one message has no holes
    }
    if (!this.#outgoing) {
      this.#outgoing = { prev, items: [] };
      this.#turn.port2.postMessage(0);
    }
    this.#outgoing.items.push(...items);
    Object.assign(this.#outgoing, { next, state });
  }

  #flush() {
    const message = this.#outgoing;
    this.#outgoing = undefined;
    if (message && !this.#left) {
      this.#channel.postMessage(message);
    }
  }

  leave() {
    this.#left = true;
    this.#pending.abort();
    this.#release?.();
    this.#turn.port1.close();
    this.#channel?.close();
    this.#forgetting?.close();
  }
}

/**
 * What a reload finds again: the position and the newest activities, in one record, so that they are never of different
 * times. It is a convenience: where it can't be had, a subscription does without.
 */
class Kept {
  #key;
  #most;
  #position;
  #items = []; // the newest
  #changed = false;
  #count; // how often all was forgotten: a tab that slept meanwhile must not write again what was wiped
  #timer;

  constructor(key, most) {
    this.#key = key;
    this.#most = most;
  }

  /** What was kept; and whether all was forgotten since this was called last. */
  async load() {
    const nothing = { wiped: false, position: undefined, items: [] };
    const late = new Promise(resolve => setTimeout(resolve, OPENING, nothing)); // a browser may never open it
    const loading = Kept.#transact('readonly', async (kept, forgotten) => {
      const [record, count = 0] = await Promise.all([done(kept.get(this.#key)), done(forgotten.get('count'))]);
      const wiped = count > (this.#count ?? count);
      this.#count = count;
      return this.#most === 0 || !record ? { ...nothing, wiped } : { wiped, position: record.position, items: record.items };
    });
    return Promise.race([loading.catch(() => nothing), late]);
  }

  /** Takes note of what has come, up to a position. */
  add(items, position) {
    this.#changed = this.#most > 0;
    this.#position = position;
    this.#items.push(...items);
    if (this.#items.length > 2 * this.#most) { // not each time
      this.#items = this.#newest();
    }
  }

  #newest() {
    let characters = 0;
    const items = this.#items.slice(Math.max(0, this.#items.length - this.#most));
    return items.slice(1 + items.findLastIndex(([, text]) => (characters += text.length) > MOST_CHARACTERS));
  }

  /** Has it written soon: many activities are one write. */
  saveSoon() {
    this.#timer ??= setTimeout(async () => {
      await this.save();
      this.#timer = undefined; // one write at a time
      if (this.#changed) {
        this.saveSoon();
      }
    }, WRITE_EVERY);
  }

  async save() {
    if (!this.#changed) {
      return;
    }
    this.#changed = false;
    const record = { key: this.#key, position: this.#position, items: this.#newest(), written: Date.now() };
    try {
      await Kept.#transact('readwrite', async (kept, forgotten) => {
        if ((await done(forgotten.get('count')) ?? 0) > (this.#count ?? 0)) {
          return;
        }
        kept.put(record);
        const keys = await done(kept.index('written').getAllKeys());
        keys.slice(0, -MOST_KEPT).forEach(key => kept.delete(key));
      });
    } catch {
      // no room, or not allowed
    }
  }

  /** Writes no more of what there is. */
  drop() {
    this.#changed = false;
    this.#items = [];
  }

  /** Wipes everything, of everybody; how often that was done is all that stays. */
  static async wipe() {
    if (globalThis.indexedDB) {
      await Kept.#transact('readwrite', async (kept, forgotten) => {
        kept.clear();
        forgotten.put((await done(forgotten.get('count')) ?? 0) + 1, 'count');
      });
    }
  }

  /** Opened for each: nobody who deletes it has to wait, and no page is kept from the back/forward cache by it. */
  static async #transact(mode, work) {
    const opening = indexedDB.open('trailcast', 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('forgotten');
      opening.result.createObjectStore('kept', { keyPath: 'key' }).createIndex('written', 'written');
    };
    const database = await done(opening);
    try {
      const transaction = database.transaction(['kept', 'forgotten'], mode);
      const ended = new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      });
      const working = work(transaction.objectStore('kept'), transaction.objectStore('forgotten'));
      return (await Promise.all([working, ended]))[0];
    } finally {
      database.close();
    }
  }
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** How many a second, on average over the last ten. */
class Rate {
  #seconds = []; // in which there was any, and how many

  count() {
    const second = Math.floor(performance.now() / 1_000);
    if (this.#seconds.at(-1)?.second !== second) {
      this.#seconds.push({ second, count: 0 });
      this.#seconds.splice(0, this.#seconds.length - RATE_SECONDS - 1);
    }
    this.#seconds.at(-1).count++;
  }

  get average() {
    const now = Math.floor(performance.now() / 1_000); // it is not over yet
    const recent = this.#seconds.filter(({ second }) => second < now && second >= now - RATE_SECONDS);
    return recent.reduce((sum, { count }) => sum + count, 0) / RATE_SECONDS;
  }
}

/** One subscription in one tab: its position, and what it gets and tells. It leads, or follows the leader. */
class Member {
  #settings;
  #kept;
  #measured = { reconnections: 0, activities: 0, gaps: 0, errors: 0, bytes: 0 };
  #rate = new Rate();
  #lost; // when the connection was lost that is not back yet
  #position;
  /** @type {import('./trailcast.js').State} */
  #state = 'connecting';
  #detail;
  #closing = new AbortController();
  #awake; // an object that stands for this time of the page's being awake
  #tabs;
  #source; // of a leader
  #filling; // an AbortController while a follower asks for pages
  #pending = []; // what the leader says meanwhile
  #leaderState = ['connecting'];
  #quiet = 0; // times in a row that nothing was heard between two looks
  #looking;

  constructor(settings) {
    this.#settings = settings;
    this.#kept = new Kept(this.#name, settings.keep);
    const on = (target, name, act) => target.addEventListener(name, act, { signal: this.#closing.signal });
    on(window, 'online', () => this.#hurry());
    // The browser's word for it is a hint; what an attempt finds is the truth.
    on(window, 'offline', () => this.#source?.start());
    on(document, 'visibilitychange', () => document.visibilityState === 'visible' && this.#hurry());
    // A page that sleeps, or is kept for the way back, holds no connection, no lock and no channel.
    on(window, 'pagehide', () => this.#sleep());
    on(window, 'pageshow', () => this.#wake());
    on(document, 'freeze', () => this.#sleep());
    on(document, 'resume', () => this.#wake());
    members.add(this);
    this.#wake();
  }

  get #name() {
    const { base, query, user } = this.#settings;
    return JSON.stringify([base, query, user]);
  }

  get position() {
    return this.#position;
  }

  /** @returns {import('./trailcast.js').State} */
  get state() {
    return this.#state;
  }

  measurements() {
    return { ...this.#measured, activitiesPerSecond: this.#rate.average };
  }

  close(why) {
    if (this.#state === 'closed') {
      return;
    }
    if (why === 'forgotten') {
      this.#kept.drop();
    }
    members.delete(this);
    this.#closing.abort();
    this.#letGo();
    this.#show('closed', why);
  }

  // ---- awake and asleep

  async #wake() {
    if (this.#awake) {
      return;
    }
    const awake = this.#awake = {};
    const { wiped, position, items } = await this.#kept.load();
    if (awake !== this.#awake) {
      return;
    }
    if (wiped) {
      this.close('forgotten');
      return;
    }
    if (this.#position === undefined && position !== undefined) {
      this.#position = position;
      this.#kept.add(items, position);
      items.forEach(([at, text]) => this.#hand(text, at, true));
    }
    if (awake === this.#awake) { // not closed while it was shown
      this.#looking = setInterval(() => this.#look(), this.#settings.silence / 3);
      this.#tabs = new Tabs(this.#name, this);
    }
  }

  #sleep() {
    this.#letGo();
    this.#show('connecting');
  }

  #letGo() {
    if (this.#source) {
      this.#kept.save();
    }
    this.#awake = undefined;
    clearInterval(this.#looking);
    this.#stopFilling();
    this.#source?.stop();
    this.#source = undefined;
    this.#tabs?.leave();
    this.#tabs = undefined;
  }

  #hurry() {
    this.#source?.hurry();
    if (this.#filling) {
      this.#stopFilling();
      this.#fill();
    }
  }

  /** Looks whether it is too quiet. It counts its looks, not the time: a tab that was asleep must not blame others. */
  #look() {
    this.#quiet = this.#source?.isWaiting ? 0 : this.#quiet + 1;
    if (this.#quiet > 3) {
      this.#quiet = 0;
      if (this.#source) {
        this.lose('silent');
        this.#source.start();
      } else {
        this.#tabs.steal();
      }
    } else if (!this.#source) {
      this.#tabs.ask();
    }
  }

  // ---- as the leader; the source and the tabs call these

  lead() {
    this.#stopFilling();
    this.#quiet = 0;
    this.#source = new Source(this, this.#settings);
    this.#source.start();
  }

  hear(bytes) {
    this.#quiet = 0;
    this.#measured.bytes += bytes;
  }

  /** @param {number | undefined} asked when the connection was asked for, where that is known */
  arrive(asked) {
    const now = performance.now();
    if (asked !== undefined) {
      this.#measured.connectionMilliseconds = now - asked;
    }
    if (this.#lost !== undefined) {
      this.#measured.reconnectionMilliseconds = now - this.#lost;
      this.#measured.reconnections++;
      this.#lost = undefined;
    }
  }

  lose(why) {
    this.#measured.errors++;
    this.#lost ??= performance.now();
    this.tell('connecting', why);
  }

  receive(items, next) {
    const prev = this.#position;
    this.#take(items, next);
    if (this.#source && this.#position !== prev) {
      this.#tabs?.say(prev, items, this.#position, [this.#state, this.#detail]);
      this.#kept.saveSoon();
    }
  }

  receivePage({ gap, items, next }) {
    if (gap) {
      this.skip(gap);
    }
    this.receive(items, next);
  }

  /** A gap is not passed on: it leaves a hole, and who has one asks for himself, and is told what is his. */
  skip(gap) {
    this.#position = gap.resumed;
    this.#measured.gaps++;
    this.#call(this.#settings.onGap, gap);
  }

  tell(state, detail) {
    this.#show(state, detail);
    this.#tabs?.say(this.#position, [], this.#position, [this.#state, this.#detail]);
  }

  // ---- as a follower

  follow() {
    this.#source.stop();
    this.#source = undefined;
    this.#leaderState = ['connecting'];
    this.#show('connecting');
  }

  overhear(message) {
    if (message.ask) {
      if (this.#source) {
        this.tell(this.#state, this.#detail);
      }
    } else if (!this.#source) { // else it is of one who has lost the lead and does not know yet
      this.#quiet = 0;
      this.#leaderState = message.state;
      this.#heed(message);
    }
  }

  #heed(message) {
    const { prev, items, next, state } = message;
    if (this.#filling) {
      this.#pending.push(message);
      this.#pending.splice(0, this.#pending.length - MOST_PENDING); // then there is a hole again
    } else if (next === undefined) { // the leader has no place itself
      this.#show(...state);
    } else if (this.#position !== undefined && prev !== undefined && compare(prev, this.#position) <= 0) {
      this.#take(items, next);
      this.#show(...state);
    } else {
      this.#fill();
    }
  }

  async #fill() {
    const { signal } = this.#filling = new AbortController();
    let failures = 0;
    this.#show('catching-up');
    while (!signal.aborted) {
      try {
        const answer = await page(this.#settings, this.#position, signal);
        if (!signal.aborted) {
          this.#measured.bytes += answer.bytes;
          this.receivePage(answer);
          if (answer.upToDate) {
            this.#filled();
            return;
          }
        }
      } catch (problem) {
        if (problem.isFinal) {
          this.close(problem.message);
        } else if (!signal.aborted) {
          this.#measured.errors++;
          this.#show('connecting', problem.message);
          await new Promise(resolve => setTimeout(resolve, Math.max(problem.retry ?? 0, delayAfter(++failures))));
        }
      }
    }
  }

  #filled() {
    const pending = this.#pending;
    this.#stopFilling();
    this.#show(...this.#leaderState);
    pending.forEach(message => this.#heed(message));
  }

  #stopFilling() {
    this.#filling?.abort();
    this.#filling = undefined;
    this.#pending = [];
  }

  // ---- to the application

  #take(items, next) {
    for (const [position, text] of items) {
      if (this.#closing.signal.aborted) {
        return; // by the application, while it was handed the one before
      }
      if (compare(position, this.#position) > 0) {
        this.#position = position; // first: whatever the application does with it, it does not get it again
        this.#kept.add([[position, text]], position);
        this.#measured.activities++;
        this.#rate.count();
        this.#hand(text, position, false);
      }
    }
    if (compare(next, this.#position) > 0) {
      this.#position = next;
      this.#kept.add([], next);
    }
  }

  #hand(text, position, kept) {
    this.#call(this.#settings.onActivity, JSON.parse(text), { position, kept });
  }

  #show(state, detail) {
    const shown = state === 'connecting' && !navigator.onLine ? 'offline' : state;
    this.#detail = detail;
    if (shown !== this.#state) {
      this.#state = shown;
      this.#call(this.#settings.onState, shown, detail);
    }
  }

  #call(listener, ...told) {
    try {
      listener(...told);
    } catch (problem) {
      reportError(problem);
    }
  }
}
