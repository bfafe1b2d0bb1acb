/**
 * What is known not to be among many entries, so that nobody has to look for it there; and where
 * the newest of each actor and subject is.
 *
 * <pre>
 *   EntryStore, in each transaction ─► Sketches: one for each slice of the entries, in the file
 *                                    └► Chapters: one for 32 of them
 *   EntryReader, for what is rare   ─► SketchScan: where it may be ───┬► the entries there
 *                for the newest     ─► SketchReader: where they may be ┘
 * </pre>
 *
 * An index of the entries would find what is rare as well, and cost every entry that comes a page
 * of its own in it. A sketch costs it 10 to 60 bytes, of several hundred. A chapter says which
 * actors there are in many slices: whoever looks for the newest of each has soon found them all,
 * and then passes over a journal of a million by 60 chapters, in 47 ms altogether instead of 80.
 */
package dev.trailcast.journal.store.sketch;
