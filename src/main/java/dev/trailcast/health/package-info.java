/**
 * How the application is, for MicroProfile Health: live is what a restart would mend, ready whether
 * activities can be recorded and reach readers, and there is room for more, started whether readers
 * can come. Only looks; nobody but {@code config} depends on it.
 *
 * <p>An answer is what is known already: it waits for nobody, and neither reads nor writes anything
 * but memory. What has to be looked at is looked at elsewhere, every second: by {@link
 * dev.trailcast.health.Limits}, by the journal's own thread, and by {@link
 * dev.trailcast.canary.Canary}.
 */
package dev.trailcast.health;
