/**
 * What every HTTP door of Trailcast has in common: how it reads a request, how it answers, and how
 * it says no.
 *
 * <pre>
 *   gate ─► the runtime ─► Query, RequestBody ─► resource
 *     │ refuses by the head of a request alone
 *     ▼
 *    Problem
 *
 *   resource ──────────────► Answer  ─► application/json
 *      │ either throws, or the runtime refuses before it gets there
 *      ▼
 *   ExceptionMapper, some ─► Problem ─► application/problem+json
 * </pre>
 *
 * Exception mappers can't be name-bound. They are kept out of other applications in the same WAR by
 * being listed in the {@code getClasses} of Trailcast's own and by carrying no {@code @Provider},
 * so that nobody's scanning finds them. JAX-RS filters are name-bound by {@link
 * dev.trailcast.http.TrailcastApi}; servlet filters are mapped to the servlet of our application
 * alone, and to our own files.
 */
package dev.trailcast.http;
