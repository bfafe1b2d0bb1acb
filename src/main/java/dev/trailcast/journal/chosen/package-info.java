/**
 * Which journal this node has: {@link dev.trailcast.journal.chosen.Journals} opens the one that is
 * configured, and gives its halves to the application.
 */
package dev.trailcast.journal.chosen;
