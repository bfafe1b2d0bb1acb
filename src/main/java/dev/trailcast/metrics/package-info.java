/**
 * Figures for MicroProfile Metrics: how many follow, who is turned away, what stalls, what waits.
 * Only looks; nobody depends on it.
 */
package dev.trailcast.metrics;
