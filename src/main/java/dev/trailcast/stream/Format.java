package dev.trailcast.stream;

/** How frames are written. Readers of one channel and format get the same bytes. */
enum Format {
  /** Server-Sent Events. */
  SSE {
    @Override
    void write(WriteBuffer out, Frame frame) {
      frame.writeSse(out, false);
    }
  },
  /** Server-Sent Events that are named by the activity's type. */
  NAMED_SSE {
    @Override
    void write(WriteBuffer out, Frame frame) {
      frame.writeSse(out, true);
    }
  },
  /** Lines of JSON. */
  LINES {
    @Override
    void write(WriteBuffer out, Frame frame) {
      frame.writeLine(out);
    }
  };

  abstract void write(WriteBuffer out, Frame frame);
}
