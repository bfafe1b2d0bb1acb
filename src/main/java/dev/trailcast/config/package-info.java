/**
 * Reads MicroProfile Config, and nobody else does. Every key, with its unit and its default, is in
 * {@code META-INF/microprofile-config.properties}; what a value may be is said by the settings
 * record it goes into. A key that nobody reads is refused like a value that is not allowed.
 */
package dev.trailcast.config;
