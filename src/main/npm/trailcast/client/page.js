const PAGE = 1_000; // activities: as many as the server gives

/**
 * `GET api/activities`.
 *
 * @param {ReturnType<typeof import('./options.js').checked>} settings
 * @param {string | undefined} position to go on from
 * @param {AbortSignal} signal
 * @param {number} wait for how many milliseconds, where there is nothing
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
      isFinal: [400, 401, 403].includes(response.status), // not 404: that is answered while the application is put anew
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
    return undefined; // some proxy's page
  }
}
