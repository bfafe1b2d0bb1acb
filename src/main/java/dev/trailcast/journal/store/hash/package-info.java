/** Hashes, and what finds by them among many keys, in a few bytes and nanoseconds for each. */
package dev.trailcast.journal.store.hash;
