package dev.trailcast.journal.store.sketch;

import dev.trailcast.journal.store.hash.OffsetsByHash;
import dev.trailcast.journal.store.hash.SipHash;
import java.util.Collection;

/** The values of an attribute that are not looked for any more. For one thread. */
public final class KnownValues {
  private static final long KNOWN = 1;

  private final SipHash hash;
  private final OffsetsByHash hashes = new OffsetsByHash();

  KnownValues(SipHash hash, Collection<String> values) {
    this.hash = hash;
    values.forEach(this::add);
  }

  /** One more. */
  public void add(String value) {
    hashes.put(hash.of(value), KNOWN);
  }

  boolean has(long valueHash) {
    return hashes.get(valueHash) != OffsetsByHash.NONE;
  }
}
