/** The attributes that activities can be filtered by, as the server has it. */
export const FILTERS = ['type', 'actor', 'subject', 'source'];

/**
 * What a subscription was asked for: checked and complete.
 *
 * @typedef {object} Settings
 * @property {string} base the address of the Trailcast, with a slash at its end
 * @property {[string, string][]} query the filters as the server takes them; sorted, so that the same are always alike
 * @property {{stream: object, page: object}} beginning the parameters that say where to begin where there is no position yet
 * @property {string} user
 * @property {(function(): string | Promise<string>) | undefined} token
 * @property {boolean} withCredentials
 * @property {number} keep
 * @property {number} silence in milliseconds
 * @property {function(object, object): void} onActivity
 * @property {function(object): void} onErased
 * @property {function(object): (void | PromiseLike<unknown>)} onGap
 * @property {function(string, string=): void} onState
 */

/**
 * @param {import('../../trailcast.js').Options} options
 * @param {string} entry the address of trailcast.js: where no other is named, the Trailcast is the one that it came from
 * @returns {Settings}
 * @throws {TypeError} that names the option which is wrong
 */
export function checked(options, entry) {
  const {
    url = new URL('.', entry), filters = {}, since = 'now', user = '', token, withCredentials = false, keep = 200, silence = 45_000,
    onActivity, onErased = () => {}, onGap = () => {}, onState = () => {}, ...unknown
  } = Object(options);
  Object.keys(unknown).forEach(name => demand(false, name, 'left out: there is no such option'));
  demand(typeof user === 'string', 'user', 'a text');
  demand(token === undefined || typeof token === 'function', 'token', 'a function');
  demand(typeof withCredentials === 'boolean', 'withCredentials', 'true or false');
  demand(user !== '' || !(token || withCredentials), 'user', 'named where a token or credentials say who asks, so that nobody else finds what is kept');
  demand(isCount(keep), 'keep', 'a whole number');
  demand(Number.isFinite(silence) && silence >= 1_000, 'silence', 'milliseconds, 1000 at least');
  for (const [name, listener] of Object.entries({ onActivity, onErased, onGap, onState })) {
    demand(typeof listener === 'function', name, 'a function');
  }
  return {
    base: baseOf(url), query: queryOf(filters), beginning: beginningOf(since),
    user, token, withCredentials, keep, silence, onActivity, onErased, onGap, onState,
  };
}

function demand(right, name, allowed) {
  if (!right) {
    throw new TypeError(`${name} must be ${allowed}`);
  }
}

function isCount(number) {
  return Number.isSafeInteger(number) && number >= 0;
}

function baseOf(url) {
  let address;
  try {
    address = new URL(url, document.baseURI);
  } catch {
    // said below
  }
  demand(/^https?:$/.test(address?.protocol), 'url', 'the address of a Trailcast, above its /api');
  return `${address.origin}${address.pathname.replace(/\/*$/, '/')}`;
}

function queryOf(filters) {
  demand(filters !== null && typeof filters === 'object', 'filters', 'an object');
  return Object.entries(filters).flatMap(([name, values = []]) => {
    demand(FILTERS.includes(name), `filters.${name}`, 'left out: there is no such filter');
    return [values].flat().map(value => {
      demand(typeof value === 'string' && value !== '', `filters.${name}`, 'a text, or texts');
      return [name, value];
    });
  }).sort((one, other) => (String(one) < String(other) ? -1 : 1));
}

/** The stream and pages are asked for the same beginning in different ways. */
function beginningOf(since) {
  const time = since instanceof Date ? since.getTime() : since;
  if (time === 'now') {
    return { stream: {}, page: { last: 0 } };
  }
  if (time === 'earliest') {
    return { stream: { lastEventId: 'earliest' }, page: { after: 'earliest' } };
  }
  if (typeof time?.position === 'string' && time.position !== '') {
    return { stream: { lastEventId: time.position }, page: { after: time.position } };
  }
  demand(Number.isSafeInteger(time) || isCount(time?.last),
    'since', "'now', 'earliest', a Date, milliseconds since 1970, {last: a number} or {position: a text}");
  const place = typeof time === 'number' ? { since: time } : { last: time.last };
  return { stream: place, page: place };
}
