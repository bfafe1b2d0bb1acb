/**
 * Looking for things in the journal, with a bound on what that may cost.
 *
 * <pre>
 *   Search: a stretch of the journal at a time, may be left off after any
 *      ▲
 *   Searches: a few at a time, on threads of their own, each up to SearchLimits
 * </pre>
 *
 * What is looked for is said by those who need it: where a reader begins, what is on a page.
 */
package dev.trailcast.stream.search;
