export function checked(options, entry) {
  const {
    url = new URL('.', entry), filters = {}, since = 'now', user = '', keep = 200, silence = 45_000,
    onActivity, onGap = () => {}, onState = () => {}, ...unknown
  } = Object(options);
  const demand = (right, name, allowed) => {
    if (!right) {
      throw new TypeError(`${name} must be ${allowed}`);
    }
  };
  const whole = number => Number.isSafeInteger(number) && number >= 0;
  Object.keys(unknown).forEach(name => demand(false, name, 'left out: there is no such option'));
  let base;
  try {
    base = new URL(url, document.baseURI);
  } catch {
    // said below
  }
  demand(/^https?:$/.test(base?.protocol), 'url', 'the address of a Trailcast, above its /api');
  base = `${base.origin}${base.pathname.replace(/\/*$/, '/')}`;
  demand(filters !== null && typeof filters === 'object', 'filters', 'an object');
  const query = Object.entries(filters).flatMap(([name, values = []]) => {
    demand(['type', 'actor', 'source', 'subject'].includes(name), `filters.${name}`, 'left out: there is no such filter');
    return [values].flat().map(value => {
      demand(typeof value === 'string' && value !== '', `filters.${name}`, 'a text, or texts');
      return [name, value];
    });
  }).sort((one, other) => (String(one) < String(other) ? -1 : 1)); // the same filters are the same subscription
  const time = since instanceof Date ? since.getTime() : since;
  demand(time === 'now' || time === 'earliest' || Number.isSafeInteger(time) || whole(time?.last),
    'since', "'now', 'earliest', a Date, milliseconds since 1970, or {last: a number}");
  demand(typeof user === 'string', 'user', 'a text');
  demand(whole(keep), 'keep', 'a whole number');
  demand(Number.isFinite(silence) && silence >= 1_000, 'silence', 'milliseconds, 1000 at least');
  for (const [name, listener] of Object.entries({ onActivity, onGap, onState })) {
    demand(typeof listener === 'function', name, 'a function');
  }
  const place = typeof time === 'number' ? { since: time } : { last: time.last };
  const beginning = { // as the stream and as pages are asked for it
    now: { stream: {}, page: { last: 0 } },
    earliest: { stream: { lastEventId: 'earliest' }, page: { after: 'earliest' } },
  }[time] ?? { stream: place, page: place };
  return { base, query, beginning, user, keep, silence, onActivity, onGap, onState };
}
