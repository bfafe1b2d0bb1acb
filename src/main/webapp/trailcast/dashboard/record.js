import { byId, say } from '../common/element.js';
import { ask } from '../common/problem.js';
import { duration } from '../common/words.js';

const TEXTS = ['actor', 'type', 'subject', 'audience'];
const FIELDS = [...TEXTS, 'data'];
const RECENT = 100; // recordings of this page whose way to the screen is still awaited

/** The form that records an activity. */
export class Record {
  #dialog = byId('record');
  #form = byId('record-form');
  #sent = new Map(); // id to when it was sent
  #newest; // the id that was sent last,
  #entry; // and what came of it
  #id = newId();
  #sending = false; // the button is not disabled meanwhile: it would lose the focus

  /** @param {function({activity: object, position: string})} open called for an activity that was recorded here */
  constructor(open) {
    byId('record-show').addEventListener('click', () => open(this.#entry));
    byId('record-open').addEventListener('click', () => this.#dialog.open ? this.#dialog.close() : this.#dialog.show());
    byId('record-close').addEventListener('click', () => this.#dialog.close());
    this.#dialog.addEventListener('close', () => byId('record-open').setAttribute('aria-expanded', 'false'));
    new MutationObserver(() => byId('record-open').setAttribute('aria-expanded', String(this.#dialog.open)))
      .observe(this.#dialog, { attributeFilter: ['open'] });
    this.#dialog.addEventListener('keydown', event => {
      if (event.key === 'Escape') { // a dialog that leaves the page usable does not do it by itself
        this.#dialog.close();
      }
    });
    this.#form.addEventListener('input', event => this.#wrong(event.target.name, ''));
    this.#form.addEventListener('submit', event => {
      event.preventDefault();
      this.#record();
    });
  }

  /**
   * An activity has come, and will be on the screen.
   *
   * @returns {boolean} whether it was recorded here
   */
  came(entry) {
    const { id } = entry.activity;
    if (id === this.#newest) {
      this.#entry = entry;
      byId('record-show').hidden = false;
    }
    return this.#sent.has(id);
  }

  /**
   * An activity has come to the screen.
   *
   * @returns how long that took from sending it, in ms, where it was recorded here; else undefined
   */
  drawn(activity, at) {
    const sent = this.#sent.get(activity.id);
    if (sent === undefined) {
      return undefined;
    }
    this.#sent.delete(activity.id);
    say(byId('record-answer'), `Recorded, and on this screen ${duration(at - sent)} after it was sent.`);
    return at - sent;
  }

  async #record() {
    FIELDS.forEach(name => this.#wrong(name, ''));
    say(byId('record-answer'), '');
    const body = this.#body();
    if (body === undefined || this.#sending) {
      return;
    }
    const id = this.#newest = this.#id;
    byId('record-show').hidden = true;
    this.#sent.set(id, Date.now());
    if (this.#sent.size > RECENT) {
      this.#sent.delete(this.#sent.keys().next().value);
    }
    this.#sending = true;
    try {
      const { position } = await ask('api/activities', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
      });
      this.#id = newId();
      if (this.#sent.has(id)) { // else it is on the screen already, and that is said
        say(byId('record-answer'), `Recorded at ${position}.`);
      }
    } catch (problem) {
      this.#refused(problem);
    } finally {
      this.#sending = false;
    }
  }

  /** As JSON; data goes in as it was written, for numbers of any length to stay what they are. */
  #body() {
    const members = [`"id":${JSON.stringify(this.#id)}`];
    for (const name of TEXTS) {
      const value = this.#field(name).value.trim();
      if (value !== '') {
        members.push(`${JSON.stringify(name)}:${JSON.stringify(value)}`);
      }
    }
    const data = this.#field('data').value.trim();
    if (data !== '') {
      try {
        JSON.parse(data);
      } catch (problem) {
        this.#wrong('data', `This is no JSON: ${problem.message}`);
        this.#field('data').focus();
        return undefined;
      }
      members.push(`"data":${data}`);
    }
    return `{${members.join(',')}}`;
  }

  #refused(problem) {
    if (FIELDS.includes(problem.attribute)) {
      this.#wrong(problem.attribute, problem.message);
      this.#field(problem.attribute).focus();
    } else {
      say(byId('record-answer'), `Not recorded: ${problem.message}`);
    }
  }

  #wrong(name, why) {
    if (FIELDS.includes(name)) {
      say(byId(`record-${name}-wrong`), why);
      this.#field(name).setAttribute('aria-invalid', String(why !== ''));
    }
  }

  #field(name) {
    return this.#form.elements.namedItem(name);
  }
}

/** An id of this page's own: what is sent a second time after a lost answer is recorded once. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}
