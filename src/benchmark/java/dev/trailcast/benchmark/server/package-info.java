/**
 * Those that are measured: each {@link dev.trailcast.benchmark.server.Contender} starts as
 * processes of its own, which {@link dev.trailcast.benchmark.server.Processes} watches from the
 * outside.
 */
package dev.trailcast.benchmark.server;
