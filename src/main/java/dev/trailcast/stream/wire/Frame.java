package dev.trailcast.stream.wire;

/** What has a place on the trail. */
public sealed interface Frame extends Encoded permits RecordedFrame, TransientFrame, ErasedFrame {
  /** The offset of the entry that it is, or that it came after. */
  long offset();
}
