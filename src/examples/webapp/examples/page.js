// What the examples' pages share.

const WORDS = {
  connecting: 'Connecting …',
  'catching-up': 'Catching up …',
  live: 'Live',
  polling: 'Live, by polling',
  offline: 'Offline, coming back …',
  closed: 'Ended',
};

const times = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });
const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });

export const byId = id => document.getElementById(id);

export const euros = amount => money.format(amount);

/** Makes an element. Strings from outside go in as text, never as HTML. */
export function element(name, className, ...children) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
}

/** When it happened; as it came where that is no time. */
export function time(activity) {
  const date = new Date(activity.time);
  const shown = element('time', '', Number.isNaN(date.getTime()) ? activity.time : times.format(date));
  shown.dateTime = activity.time;
  return shown;
}

/** Adds to the beginning of a list that has so many items at most. */
export function prepend(list, item, most) {
  list.prepend(item);
  while (list.children.length > most) {
    list.lastElementChild.remove();
  }
}

/** Shows how a subscription is: its `onState`. */
export function showState(state, detail) {
  const shown = byId('state');
  shown.dataset.state = state;
  shown.textContent = state === 'closed' && detail ? `${WORDS.closed}: ${detail}` : WORDS[state];
}
