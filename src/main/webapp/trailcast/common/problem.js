const MISSING = [404, 405]; // switched off, or the application is being redeployed

/** What the server says is wrong, as problem details of RFC 9457; a failed connection looks the same. */
export class Problem extends Error {
  /**
   * @param {number} status of HTTP, 0 where the server could not be reached
   * @param {string} [attribute] of an activity that is at fault
   */
  constructor(status, detail, attribute) {
    super(detail);
    this.status = status;
    this.attribute = attribute;
  }
}

let authorization = {};

/** From now on the server is asked with this token; until then by what the browser sends along. */
export function askWith(token) {
  authorization = { Authorization: `Bearer ${token}` };
}

/**
 * Asks the server for JSON.
 *
 * @throws {Problem} what it refuses, or that it can't be reached
 */
export async function ask(url, options = {}) {
  let response;
  try {
    response = await fetch(url, { ...options, headers: { ...authorization, ...options.headers } });
  } catch (problem) {
    if (problem.name === 'AbortError') {
      throw problem;
    }
    throw new Problem(0, 'the server can’t be reached');
  }
  const body = await response.json().catch(() => undefined);
  if (!response.ok) {
    const missing = MISSING.includes(response.status) ? 'the server does not have this' : undefined;
    const detail = body?.detail ?? missing ?? body?.title ?? `the server answers ${response.status}`;
    throw new Problem(response.status, detail, body?.attribute);
  }
  if (body === undefined) {
    throw new Problem(response.status, 'the server’s answer is no JSON');
  }
  return body;
}
