// Notifications: activities whose subject is you.
import { forget, subscribe } from '../trailcast.js';
import { byId, element, keep, kept, prepend, showState, time } from './page.js';
import { visitor } from './visitor.js';

const MOST = 50;
const TOASTS = 3;
const TOAST_MILLISECONDS = 8_000;

let name;
let following; // the subscription
let positions; // of what is in the list, oldest first
let live; // whether what comes is new, and not what has come meanwhile

visitor(chosen => {
  following?.close();
  name = chosen;
  positions = [];
  live = false;
  byId('list').replaceChildren();
  byId('toasts').replaceChildren();
  byId('missing').textContent = '';
  showUnread();
  following = subscribe({
    filters: { subject: `users/${name}` },
    since: { last: MOST }, // for who comes for the first time; a reload goes on where it was
    keep: MOST,
    user: name,
    onActivity: take,
    onGap: () => byId('missing').textContent = 'Some of your notifications are no longer kept.',
    onState(state, detail) {
      live = state === 'live' || state === 'polling';
      showState(state, detail);
    },
  });
});

function take(activity, { position }) {
  positions = [...positions, position].slice(-MOST);
  prepend(byId('list'), row(activity), MOST);
  showUnread();
  if (live) {
    toast(activity);
  }
}

/** What a notification says, whatever it was recorded with. */
function words({ type, actor, data }) {
  switch (type) {
    case 'note.sent':
      return [element('strong', '', actor ?? 'somebody'), ` ${data?.text ?? ''}`];
    case 'order.shipped':
      return [element('strong', '', 'The shop'), ` Your order ${data?.order ?? ''} is on its way.`];
    default:
      return [element('strong', '', actor ?? 'somebody'), ` ${type}`];
  }
}

const row = activity => element('li', '', time(activity), element('p', '', ...words(activity)));

function toast(activity) {
  const close = element('button', 'close', '✕');
  close.setAttribute('aria-label', 'Close');
  const shown = element('div', 'card toast', element('p', '', ...words(activity)), close);
  const end = () => shown.remove();
  close.addEventListener('click', end);
  let timer = setTimeout(end, TOAST_MILLISECONDS);
  for (const stay of ['pointerenter', 'focusin']) { // who reads it may read on
    shown.addEventListener(stay, () => clearTimeout(timer));
  }
  for (const go of ['pointerleave', 'focusout']) {
    shown.addEventListener(go, () => timer = setTimeout(end, TOAST_MILLISECONDS));
  }
  prepend(byId('toasts'), shown, TOASTS);
}

// What is unread lies behind the position up to which everything was read, and that is what is remembered.
function key() {
  return `read by ${name}`;
}

function showUnread() {
  const unread = positions.length - 1 - positions.indexOf(kept('localStorage', key()));
  [...byId('list').children].forEach((item, i) => item.classList.toggle('unread', i < unread));
  byId('unread').textContent = unread;
  byId('unread').hidden = unread === 0;
  byId('bell-text').textContent = unread === 0 ? 'Nothing unread' : 'unread';
  byId('read').disabled = unread === 0;
  byId('none').hidden = positions.length > 0;
  document.title = `${unread > 0 ? `(${unread}) ` : ''}Notifications · Trailcast by example`;
}

byId('read').addEventListener('click', () => {
  keep('localStorage', key(), positions.at(-1));
  showUnread();
});

addEventListener('storage', showUnread); // read in another tab

byId('bell').addEventListener('click', () => byId('list-title').focus());

byId('note').addEventListener('submit', async event => {
  event.preventDefault();
  const { to, text } = event.target.elements;
  try {
    const response = await fetch('../api/activities', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        type: 'note.sent', source: '/examples/notifications', actor: name, subject: `users/${to.value}`,
        data: { text: text.value },
      }),
    });
    if (!response.ok) {
      const { detail, title } = await response.json();
      throw new Error(detail ?? title);
    }
    byId('answer').textContent = `Sent to ${to.value}.`;
    text.value = '';
  } catch (problem) {
    byId('answer').textContent = `Not sent: ${problem.message}`;
  }
});

// As at a log-out: nothing of it stays in this browser, and whoever comes next begins with what the server has.
byId('forget').addEventListener('click', async () => {
  await forget();
  keep('localStorage', key(), null);
  location.reload();
});
