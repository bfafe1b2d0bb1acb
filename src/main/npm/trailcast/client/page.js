import { refusal, request } from './request.js';

const PAGE = 1_000; // activities: as many as the server gives

/**
 * `GET api/activities`.
 *
 * @typedef {object} Page
 * @property {[string, string][]} items positions, and activities as text
 * @property {string} next the position to go on from
 * @property {boolean} upToDate
 * @property {import('../../trailcast.js').Gap} [gap]
 * @property {string} text the whole answer
 *
 * @param {import('./options.js').Settings} settings
 * @param {string | undefined} position to go on from
 * @param {AbortSignal} signal
 * @param {number} wait for how many milliseconds, where there is nothing
 * @returns {Promise<Page>}
 * @throws {Error} where it is refused, see `refusal`; or fails
 */
export async function page(settings, position, signal, wait = 0) {
  const { base, query, beginning, silence } = settings;
  const place = position ? { after: position } : beginning.page;
  const waiting = wait > 0 ? { wait: `PT${Math.round(wait / 1_000)}S` } : {};
  const parameters = new URLSearchParams([...query, ...Object.entries({ ...place, ...waiting, limit: PAGE })]);
  const { response, text } = await answer(settings, `${base}api/activities?${parameters}`, signal, wait + silence);
  if (!response.ok) {
    throw refusal(response, text);
  }
  const { activities, next, upToDate, gap } = JSON.parse(text);
  const texts = textsIn(text);
  return { items: activities.map(({ position: at }, i) => [at, texts[i]]), next, upToDate, gap, text };
}

/** The whole answer, unless it takes longer than so many milliseconds, or is no longer wanted. */
async function answer(settings, url, signal, most) {
  const asking = new AbortController(); // not AbortSignal.any and .timeout, which browsers of 2023 lack
  const end = () => asking.abort();
  const timer = setTimeout(() => asking.abort(new Error('no answer in time')), most);
  signal.addEventListener('abort', end);
  try {
    const response = await request(settings, url, { signal: asking.signal });
    return { response, text: await response.text() };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[[{]|[\]}]/g; // strings, for what looks like a bracket there is none; brackets

/**
 * A page's activities as they came, without the position, which is the last member of each. Parsed and written again they
 * would not always be the same: 1e400 would be null, and -0 be 0.
 */
function textsIn(text) {
  const texts = [];
  let depth = 0; // of the page 1, of the array 2, of an activity 3
  let start;
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    if (token === '{' || token === '[') {
      depth++;
      start = depth === 3 ? index : start;
    } else if (token === '}' || token === ']') {
      if (depth === 3) {
        texts.push(text.slice(start, index + 1).replace(/,"position":"[^"]*"}$/, '}'));
      }
      depth--;
    }
  }
  return texts;
}
