/**
 * The catalogue by MicroProfile Metrics. Where the server does not have that, none of this is a
 * bean, and no class of it is loaded.
 */
package dev.trailcast.metrics.microprofile;
