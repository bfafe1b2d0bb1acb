/**
 * What the container lends: its threads, and what keeps a step that fails from ending them; and its
 * class loader, asked for everything while it still gives it. Knows nobody, so that every room may
 * ask.
 */
package dev.trailcast.container;
