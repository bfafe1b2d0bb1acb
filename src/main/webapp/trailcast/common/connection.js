import { byId, say } from './element.js';

const WORDS = {
  connecting: 'Connecting …',
  live: 'Live',
  'catching-up': 'Catching up …',
  polling: 'Live, by polling',
  offline: 'Offline, coming back …',
  closed: 'Ended',
};

/** Shows the state of a subscription, in words and colour, in the page's element #state. */
export function showConnection(state, detail) {
  const shown = byId('state');
  shown.dataset.state = state;
  say(shown, state === 'closed' && detail ? `${WORDS.closed}: ${detail}` : WORDS[state]);
  shown.title = detail ?? '';
}
