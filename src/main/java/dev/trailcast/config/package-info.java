/**
 * Reads MicroProfile Config, and nobody else does. Every key, with its unit and its default, is in
 * {@code META-INF/microprofile-config.properties}; what a value may be is said by the settings
 * record it goes into.
 */
package dev.trailcast.config;
