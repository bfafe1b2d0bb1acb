// What is chosen stands in the address: it can be shared, bookmarked, and gone back to.

import { FILTERS } from '../client/options.js';
import { moment } from '../common/words.js';

const NEWEST = 50; // to begin with, where nothing else is asked for
const UNITS = { s: 'second', m: 'minute', h: 'hour', d: 'day' };
const SECONDS = { s: 1, m: 60, h: 3600, d: 86400 };

/**
 * What an address asks for.
 *
 * @param {string} search the address' query
 * @returns {{filters: Object<string, string[]>, since: string, wrong: string[]}} since: '' for now, 'earliest', '5m', or
 *   RFC 3339; wrong: what it asks for in vain, in words
 */
export function read(search) {
  const query = new URLSearchParams(search);
  const filters = {};
  for (const name of FILTERS) {
    filters[name] = [...new Set(query.getAll(name).filter(value => value !== ''))];
  }
  const since = query.get('since') ?? '';
  const wrong = [...new Set(query.keys())].filter(name => name !== 'since' && !FILTERS.includes(name))
    .map(name => `There is no “${name}” to filter by: the address may have ${FILTERS.join(', ')} and since.`);
  if (since !== '' && !isSince(since)) {
    wrong.push(`“${since}” is no time to show activities since: the address may say 30s, 5m, 1h, 3d, earliest, or a time as `
      + '2026-01-31T12:00:00Z.');
  }
  return { filters, since: isSince(since) ? since : '', wrong };
}

/** The other way round: a query, without the question mark. */
export function write({ filters, since }) {
  const query = filterQuery(filters);
  if (since) {
    query.set('since', since);
  }
  return query.toString();
}

/** The filters alone, as the server takes them. */
export function filterQuery(filters) {
  const query = new URLSearchParams();
  for (const name of FILTERS) {
    filters[name].forEach(value => query.append(name, value));
  }
  return query;
}

/** Where the subscription begins. */
export function beginning(since, now = Date.now()) {
  if (since === '') {
    return { last: NEWEST };
  }
  if (since === 'earliest') {
    return since;
  }
  const ago = agoOf(since);
  return ago ? new Date(now - ago.number * SECONDS[ago.unit] * 1000) : new Date(since);
}

/** "5 minutes ago", "the beginning", or the time. */
export const sinceInWords = since =>
  since === 'earliest' ? 'the beginning' : agoInWords(since) ?? moment(new Date(since));

/** "5 minutes ago", "1 hour ago", or nothing where it is no span. */
export function agoInWords(since) {
  const ago = agoOf(since);
  return ago && `${ago.number} ${UNITS[ago.unit]}${ago.number === 1 ? '' : 's'} ago`;
}

function agoOf(since) {
  const match = /^([1-9]\d{0,5})([smhd])$/.exec(since);
  return match && { number: Number(match[1]), unit: match[2] };
}

function isSince(since) {
  return since === 'earliest' || agoOf(since) !== null
    || /^\d{4}-\d\d-\d\dT/.test(since) && !Number.isNaN(Date.parse(since));
}
