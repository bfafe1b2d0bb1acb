/**
 * What every HTTP door of Trailcast has in common: how it reads a request, how it answers, and how
 * it says no.
 *
 * <pre>
 *   Query, RequestBody ─► resource
 *
 *   resource ──────────────► Answer  ─► application/json
 *      │ either throws, or the runtime refuses before it gets there
 *      ▼
 *   ExceptionMapper, some ─► Problem ─► application/problem+json
 * </pre>
 *
 * Exception mappers can't be name-bound. They are kept out of other applications in the same WAR by
 * being listed in the {@code getClasses} of Trailcast's own and by carrying no {@code @Provider},
 * so that nobody's scanning finds them. Filters are name-bound by {@link
 * dev.trailcast.http.TrailcastApi}.
 */
package dev.trailcast.http;
