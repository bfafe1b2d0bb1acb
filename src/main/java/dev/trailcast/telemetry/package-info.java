/**
 * OpenTelemetry, where the server has it (MicroProfile Telemetry): figures, and spans of recording.
 * Where it does not, none of this is a bean, and no class of it is loaded. Only looks; nobody
 * depends on it.
 */
package dev.trailcast.telemetry;
