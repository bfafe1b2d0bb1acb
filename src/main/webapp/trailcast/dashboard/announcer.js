import { byId, say } from '../common/element.js';
import { counted } from '../common/words.js';

const EVERY_MS = 15_000;

/** Tells screen readers what comes: one sentence in a while, however much it is. */
export class Announcer {
  #count = 0;
  #newest;
  #saidAt = 0;

  drawn(entries) {
    const activities = entries.filter(entry => entry.activity);
    this.#count += activities.length;
    this.#newest = activities.at(-1)?.activity ?? this.#newest;
  }

  /** Says it, where it is time. */
  say(now) {
    if (this.#count > 0 && now - this.#saidAt >= EVERY_MS) {
      const { actor, type, subject } = this.#newest;
      say(byId('announcement'), `${counted(this.#count, 'new activity', 'new activities')}, the newest: `
        + [actor ?? 'somebody', type, subject].filter(Boolean).join(' '));
      this.#count = 0;
      this.#saidAt = now;
    }
  }
}
