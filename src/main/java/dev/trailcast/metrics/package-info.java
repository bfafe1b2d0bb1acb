/**
 * What there is to measure, declared once, for whatever shows it.
 *
 * <pre>
 *   parts count by themselves
 *        ▲ reads
 *   StreamMetrics, IngestMetrics, JournalMetrics ─► Catalogue: each Figure once
 *                                                      ▲            ▲
 *                                             microprofile      telemetry
 * </pre>
 *
 * Only looks; nobody depends on it. Both exporters are optional: where a server does not have what
 * they export to, they are no beans (META-INF/beans.xml).
 */
package dev.trailcast.metrics;
