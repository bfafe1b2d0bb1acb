/**
 * Measures Trailcast against what else there is, on one machine, in one run.
 *
 * <pre>
 *   Benchmark ─► Scenario ─► Stage: starts contenders, each as processes of its own
 *                   │          └─ sides in turns, warmed up alike ─► Table
 *                   └─► Result: table, bars, notes ─► Report: JSON, Markdown, a recorded Page
 * </pre>
 *
 * {@code load} is the generator, {@code server} starts contenders and asks the operating system
 * what they use, {@code peer} is the small application that runs beside Trailcast on the same
 * server, and {@code micro} what JMH measures. How to run it, and what the numbers mean: {@code
 * docs/benchmarks.md}.
 */
package dev.trailcast.benchmark;
