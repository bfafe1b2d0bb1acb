/**
 * What the container lends: its threads, and what keeps a step that fails from ending them. Knows
 * nobody, so that every room may ask.
 */
package dev.trailcast.container;
