/**
 * How CloudEvents look over HTTP (<a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md">HTTP
 * protocol binding 1.0.2</a>), and nothing of where they go.
 *
 * <pre>
 *   Content-Type, ce-… ─► ContentMode ┬ structured, batched ─► the JSON of ActivityReader
 *                                     └ binary ─► BinaryMode ─► HeaderValue
 * </pre>
 *
 * <p>The CloudEvents SDK for Java is not used: it holds what we read in constant memory, reads JSON
 * into a tree and writes it anew, so that numbers and the order of members change, leaves header
 * values encoded, and brings Jackson into whatever WAR this is in. Tests send with it.
 */
package dev.trailcast.ingest.cloudevents;
