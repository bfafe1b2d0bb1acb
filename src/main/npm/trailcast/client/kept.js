const WRITE_EVERY = 500; // so that a thousand activities a second are two writes
const MOST_KEPT = 20; // subscriptions; the one that was written longest ago goes
const MOST_CHARACTERS = 1_000_000; // kept of each
const LONGEST_LOADING = 2_000; // some browsers never open the database, and never say so
const LONGEST_WIPING = 10_000; // somebody logs out

/**
 * What a reload finds again: the position and the newest activities, in one record, so that they are never of different
 * times. It is a convenience: where it can't be had, a subscription does without.
 */
export class Kept {
  #key;
  #most;
  #position;
  #items = []; // the newest
  #changed = false;
  #count; // how often all was forgotten: a tab that slept meanwhile must not write again what was wiped
  #timer;

  /**
   * @param {string} key of the subscription
   * @param {number} most how many activities are kept
   */
  constructor(key, most) {
    this.#key = key;
    this.#most = most;
  }

  /**
   * What was kept; and whether all was forgotten since this was called last.
   *
   * @returns {Promise<{wiped: boolean, position: string | undefined, items: [string, string][]}>}
   */
  async load() {
    const nothing = { wiped: false, position: undefined, items: [] };
    const loading = Kept.#transact('readonly', async (kept, forgotten) => {
      const [record, count = 0] = await Promise.all([done(kept.get(this.#key)), done(forgotten.get('count'))]);
      const wiped = count > (this.#count ?? count);
      this.#count = count;
      return this.#most === 0 || !record ? { ...nothing, wiped } : { wiped, position: record.position, items: record.items };
    });
    return (await Promise.race([loading, late(LONGEST_LOADING)]).catch(() => undefined)) ?? nothing;
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

  /** Takes away what was erased, here and of every subscription, also one that no page has now. */
  erase(erasure, position) {
    this.#items = withoutErased(this.#items, erasure);
    this.add([], position);
    Kept.#transact('readwrite', async kept => {
      const records = await done(kept.getAll());
      for (const record of records) {
        const items = withoutErased(record.items, erasure);
        if (items.length < record.items.length) {
          kept.put({ ...record, items });
        }
      }
    }).catch(() => {}); // it can't be had, or is written anew soon
  }

  /** Keeps nothing of what has come up to a position. */
  clear(position) {
    this.#items = [];
    this.add([], position);
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
    const wiping = Kept.#transact('readwrite', async (kept, forgotten) => {
      kept.clear();
      forgotten.put((await done(forgotten.get('count')) ?? 0) + 1, 'count');
    });
    await Promise.race([wiping, late(LONGEST_WIPING)]);
  }

  /**
   * Opened for each: nobody who deletes it has to wait, and no page is kept from the back/forward cache by it. Nothing is done
   * where the browser keeps nothing for this page.
   */
  static async #transact(mode, work) {
    const database = await open();
    if (!database) {
      return undefined;
    }
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

/** Of positions and activities as text, those that were not erased. */
function withoutErased(items, erasure) {
  return items.filter(([position, text]) => !erasure.includes(JSON.parse(text), position));
}

/** The database; nothing where there is none or it is refused: with all cookies blocked Firefox throws, and Chromium fails. */
async function open() {
  try {
    const opening = indexedDB.open('trailcast', 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('forgotten');
      opening.result.createObjectStore('kept', { keyPath: 'key' }).createIndex('written', 'written');
    };
    return await done(opening);
  } catch {
    return undefined;
  }
}

/** Fails after a while. */
function late(milliseconds) {
  return new Promise((_, reject) => setTimeout(() => reject(new Error('what is kept can’t be reached')), milliseconds));
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
