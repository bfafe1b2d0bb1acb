package dev.trailcast.journal.store.sketch;

import java.util.List;
import java.util.Optional;

/**
 * Where the newest of values may be that are looked for: behind this stretch, none is.
 *
 * @param stretch what is to be looked at; an empty one says up to where nothing was found
 * @param offsets those entries in it, newest first, that are the newest with their value there;
 *     empty if that is not known of the stretch
 * @param slices what was passed over for it, in as many slices as take so long
 */
public record Lead(Stretch stretch, Optional<List<Long>> offsets, int slices) {}
