/**
 * What one server does otherwise than expected. Each class here says which server and what, has a
 * test that fails without it, and goes when that is mended.
 *
 * <dl>
 *   <dt>{@link dev.trailcast.server.ServerStop}
 *   <dd>Open Liberty closes its port half a minute before it tells the application that it ends
 *   <dt>{@link dev.trailcast.server.CompletionFilter}
 *   <dd>Jersey completes again what a stream has completed, and Payara logs that
 *   <dt>{@link dev.trailcast.server.OnlyOurApplication}
 *   <dd>an application that scans finds our resources, too
 *   <dt>{@link dev.trailcast.server.ResourcePaths}
 *   <dd>and would confuse them with its own
 * </dl>
 */
package dev.trailcast.server;
