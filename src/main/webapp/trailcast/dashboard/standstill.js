import { byId, say } from '../common/element.js';
import { count } from '../common/words.js';
import { MOST_ROWS } from './feed.js';
import { Hold } from './hold.js';

const POINTER_MS = 1500; // a pointer that rests so long is not about to click

/** When the feed stands still: on request, while somebody reads in it, and while nobody looks. Says so, and lets go on. */
export class Standstill {
  hold = new Hold(() => this.#changed());
  #paused;
  #live;
  #pointer;

  /** @param {function(boolean)} paused called with whether it stands still on request */
  constructor(paused) {
    this.#paused = paused;
  }

  /** @param {HTMLElement} list the feed's */
  watch(list, live) {
    this.#live = live;
    const { hold } = this;
    byId('pause').addEventListener('click', () => hold.has('pause') ? this.#goOn() : hold.set('pause', true));
    byId('go-on').addEventListener('click', () => {
      this.#goOn();
      byId('feed-title').focus({ preventScroll: true });
      byId('feed-title').scrollIntoView({ block: 'nearest' });
    });
    list.addEventListener('focusin', () => hold.set('reading', true));
    for (const part of [list, byId('held')]) { // on its way from a row to the button that lets go on, focus reads still
      part.addEventListener('focusout', ({ relatedTarget: next }) =>
        hold.set('reading', hold.has('reading') && (list.contains(next) || byId('held').contains(next))));
    }
    // a row must not move away between looking and clicking
    list.addEventListener('pointermove', event => {
      if (event.pointerType === 'mouse') {
        hold.set('pointer', true);
        clearTimeout(this.#pointer);
        this.#pointer = setTimeout(() => hold.set('pointer', false), POINTER_MS);
      }
    });
    list.addEventListener('pointerleave', () => hold.set('pointer', false));
    document.addEventListener('visibilitychange', () => hold.set('hidden', document.hidden));
    hold.set('hidden', document.hidden);
    new IntersectionObserver(([entry]) =>
      hold.set('scrolled', !entry.isIntersecting && entry.boundingClientRect.bottom < 0)).observe(byId('feed-top'));
  }

  /** Says how many wait; once a second is enough. */
  say() {
    const { hold } = this;
    const paused = hold.has('pause');
    const waiting = this.#live.meanwhile;
    byId('held').hidden = !hold.held || (!paused && waiting === 0);
    say(byId('pause'), paused ? 'Resume' : 'Pause');
    if (hold.held) {
      say(byId('waiting'), `${paused ? 'Paused' : 'Held while you read'}: ${count(waiting)} new`
        + (waiting > MOST_ROWS ? `, of which the newest ${MOST_ROWS} are kept` : ''));
    }
  }

  #goOn() {
    this.hold.clear();
  }

  #changed() {
    if (!this.hold.held) {
      this.#live.release();
    }
    this.say();
    this.#paused(this.hold.has('pause'));
  }
}
