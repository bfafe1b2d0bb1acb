const PAGE = 1_000; // activities: as many as the server gives

const FINAL = [400, 401, 403]; // not 404: that is answered while the application is redeployed

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
 * @throws {Error} with `isFinal` where it is no use to ask again, and `retry`, in milliseconds, where the server says when
 */
export async function page(settings, position, signal, wait = 0) {
  const { base, query, beginning, silence } = settings;
  const place = position ? { after: position } : beginning.page;
  const waiting = wait > 0 ? { wait: `PT${Math.round(wait / 1_000)}S` } : {};
  const parameters = new URLSearchParams([...query, ...Object.entries({ ...place, ...waiting, limit: PAGE })]);
  const response = await fetch(`${base}api/activities?${parameters}`, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(wait + silence)]),
    cache: 'no-store', // what the browser has kept tells nothing of the server
  });
  const text = await response.text();
  if (!response.ok) {
    throw Object.assign(new Error(problemIn(text) ?? `${response.status} ${response.statusText}`), {
      isFinal: FINAL.includes(response.status),
      retry: 1_000 * (Number(response.headers.get('Retry-After')) || 0),
    });
  }
  const { activities, next, upToDate, gap } = JSON.parse(text);
  const items = activities.map(({ position: at, ...activity }) => [at, JSON.stringify(activity)]);
  return { items, next, upToDate, gap, text };
}

function problemIn(text) {
  try {
    return JSON.parse(text).detail;
  } catch {
    return undefined; // a proxy's own page
  }
}
