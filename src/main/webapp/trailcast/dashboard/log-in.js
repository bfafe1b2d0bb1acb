import { byId, say } from '../common/element.js';
import { ask, askWith } from '../common/problem.js';

const WHY = {
  unauthorized: 'Who follows here has to be logged in.',
  forbidden: 'Who you are may not follow here.',
};
const TOKEN = /^[\w.~+/=-]+$/; // what a header may carry

/**
 * What to do where not everybody may follow: log in to the site, whose log-in counts, or give a token. A token is in this
 * page's memory alone, and gone with it.
 */
export class LogIn {
  /** Who follows by a token, as `subscribe` takes it; empty where the browser sends along who it is. */
  identity = {};
  #taken;

  /** @param {function()} taken called when there is another identity */
  constructor(taken) {
    this.#taken = taken;
    byId('log-in-again').addEventListener('click', () => location.reload());
    byId('log-in-form').addEventListener('submit', event => {
      event.preventDefault();
      this.#take();
    });
  }

  /** Says what to do, where that is what the stream's state asks for. */
  show(state) {
    byId('log-in').hidden = !(state in WHY);
    say(byId('log-in-why'), WHY[state] ?? '');
  }

  async #take() {
    const field = byId('log-in-token');
    const token = field.value.trim();
    this.#wrong('');
    try {
      if (!TOKEN.test(token)) {
        throw new Error('this is no token.');
      }
      const { user } = await ask('api/access', { cache: 'no-store', headers: { Authorization: `Bearer ${token}` } });
      field.value = '';
      askWith(token);
      this.identity = { user, token: () => token };
      this.#taken();
    } catch (problem) {
      this.#wrong(`Not taken: ${problem.message}`);
      field.focus();
    }
  }

  #wrong(why) {
    say(byId('log-in-wrong'), why);
    byId('log-in-token').setAttribute('aria-invalid', String(why !== ''));
  }
}
