/**
 * Asks the shop on behalf of a visitor.
 *
 * @throws {Error} that says what the shop refuses
 */
export async function ask(visitor, path, method = 'GET') {
  const response = await fetch(`shop-api/${encodeURIComponent(visitor)}/${path}`, { method, cache: 'no-store' });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(body.detail ?? `the shop answers ${response.status}`);
  }
  return body;
}
