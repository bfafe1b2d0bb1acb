/**
 * Measures Trailcast against what else there is, on one machine, in one run.
 *
 * <pre>
 *   Benchmark ─► Scenario ─► Stage: starts contenders, each as processes of its own
 *                   │          └─ sides in turns, warmed up alike ─► Table
 *                   └─► Result: table, bars, notes ─► Report: JSON, Markdown, a recorded Page
 * </pre>
 *
 * Whatever a peer does, it costs its own row: every wait for a server is bounded ({@link
 * dev.trailcast.benchmark.server.Patience}), and the stage leaves out who fails. Where Trailcast
 * fails, its scenario ends there, and the next begins.
 *
 * <p>{@code load} is the generator, {@code server} starts contenders and asks the operating system
 * what they use, {@code peer} is the small application that runs beside Trailcast on the same
 * server, and {@code micro} what JMH measures. How to run it, and what the numbers mean: {@code
 * docs/benchmarks.md}.
 */
package dev.trailcast.benchmark;
