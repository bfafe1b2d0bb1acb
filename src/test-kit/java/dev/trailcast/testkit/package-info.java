/**
 * For unit tests of those who embed Trailcast: what a bean fires, without a server.
 *
 * <pre>
 *   the bean under test ── fire ─► RecordingEvent ─► ActivityAssertion
 * </pre>
 *
 * Nothing but Trailcast's own jar, the API of Jakarta EE, and a provider of JSON is needed for it:
 * no test engine, no library of assertions. What fails throws an {@link AssertionError}, which
 * every engine knows.
 */
package dev.trailcast.testkit;
