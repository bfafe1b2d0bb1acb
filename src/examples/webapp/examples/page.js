// What the examples' pages share.

const WORDS = {
  connecting: 'Connecting …',
  'catching-up': 'Catching up …',
  live: 'Live',
  polling: 'Live, by polling',
  offline: 'Offline, coming back …',
  unauthorized: 'Log in, and load this page anew',
  forbidden: 'Not allowed',
  closed: 'Ended',
};

const LAST = ['unauthorized', 'forbidden', 'closed'];

const times = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });
const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });

const wholeMoney = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 });

export const byId = id => document.getElementById(id);

export const euros = amount => money.format(amount);
export const wholeEuros = amount => wholeMoney.format(amount);

/** A text that shows what would turn it around or be unseen: nobody passes for alice who is ecila behind an override. */
const visible = text => String(text).replace(/(?!\u200c|\u200d)[\p{Cc}\p{Cf}]/gu,
  hidden => `[U+${hidden.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);

/** Makes an element. Strings from outside go in as text, never as HTML. */
export function element(name, className, ...children) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children.map(child => child instanceof Node ? child : visible(child)));
  return made;
}

/** When it happened; as it came where that is no time. */
export function time(activity) {
  const date = new Date(activity.time);
  const shown = element('time', '', Number.isNaN(date.getTime()) ? activity.time : times.format(date));
  shown.dateTime = activity.time;
  return shown;
}

const refused = new Map(); // what the browser keeps nowhere, as with all cookies blocked, lasts as long as the page

/** What was kept by that name, or null. @param {'localStorage' | 'sessionStorage'} storage */
export function kept(storage, name) {
  try {
    return window[storage].getItem(name);
  } catch {
    return refused.get(name) ?? null;
  }
}

/** Keeps a text by that name; null is none. */
export function keep(storage, name, text) {
  try {
    if (text === null) {
      window[storage].removeItem(name);
    } else {
      window[storage].setItem(name, text);
    }
  } catch {
    refused.set(name, text);
  }
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
  shown.textContent = LAST.includes(state) && detail ? `${WORDS[state]}: ${detail}` : WORDS[state];
}
