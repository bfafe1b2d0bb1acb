/** What a status means for a subscription that can't be mended by asking again: its last state. */
const ENDS = { 400: 'closed', 401: 'unauthorized', 403: 'forbidden' }; // not 404: that is answered during a redeployment

const MISSING = [404, 405];
const PROBLEM = 'application/problem+json';

/**
 * Asks the server, as whoever the page's user is. The token is asked for each time; where the server does not take it, once
 * more, for it may have ended on the way.
 *
 * @param {import('./options.js').Settings} settings
 * @param {string} url
 * @param {{signal: AbortSignal, headers?: Record<string, string>}} asked
 * @returns {Promise<Response>} whatever is answered
 */
export async function request({ token, withCredentials }, url, { signal, headers = {} }) {
  for (let again = false; ; again = true) {
    const bearer = token && await unlessAborted(signal, token());
    const response = await fetch(url, {
      signal,
      headers: bearer ? { ...headers, Authorization: `Bearer ${bearer}` } : headers,
      credentials: withCredentials ? 'include' : 'same-origin',
      cache: 'no-store', // what the browser has kept tells nothing of the server
    });
    if (response.status !== 401 || !token || again) {
      return response;
    }
  }
}

/** An application's token may never come. */
function unlessAborted(signal, promise) {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason ?? new Error('aborted')), { once: true });
    Promise.resolve(promise).then(resolve, reject);
  });
}

/**
 * Why the server refuses.
 *
 * @param {Response} response
 * @param {string} text of its body
 * @returns {Error} with `ends`, the last state, where it is no use to ask again; `isMissing` where the server has no such thing;
 *   and `retry`, in milliseconds, where it says when to come
 */
export function refusal(response, text) {
  const isProblem = response.headers.get('Content-Type')?.startsWith(PROBLEM) ?? false; // else a proxy's own page
  return Object.assign(new Error((isProblem && detailIn(text)) || `${response.status} ${response.statusText}`), {
    ends: ENDS[response.status],
    isMissing: isProblem && MISSING.includes(response.status),
    retry: 1_000 * (Number(response.headers.get('Retry-After')) || 0),
  });
}

function detailIn(text) {
  try {
    return JSON.parse(text).detail;
  } catch {
    return undefined; // cut off
  }
}
