/**
 * How the application is, for MicroProfile Health: live is what a restart would mend, ready whether
 * activities can be recorded and reach readers, started whether readers can come. Only looks;
 * nobody depends on it.
 */
package dev.trailcast.health;
