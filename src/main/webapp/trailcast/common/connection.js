import { byId, say, visible } from './element.js';

const WORDS = {
  connecting: 'Connecting …',
  live: 'Live',
  paused: 'Paused',
  'catching-up': 'Catching up …',
  polling: 'Live, by polling',
  offline: 'Offline, coming back …',
  unauthorized: 'Log in, and load this page anew',
  forbidden: 'Not allowed',
  closed: 'Ended',
};

const LAST = ['unauthorized', 'forbidden', 'closed'];
const COMES = ['live', 'catching-up', 'polling'];

/**
 * Shows the state of a subscription, in words and colour, in the page's element #state. What comes is not shown while it is
 * paused: then that is said.
 */
export function showConnection(state, detail, paused) {
  const said = paused && COMES.includes(state) ? 'paused' : state;
  const shown = byId('state');
  shown.dataset.state = said;
  say(shown, LAST.includes(state) && detail ? `${WORDS[state]}: ${detail}` : WORDS[said]);
  shown.title = visible(detail ?? '');
}
