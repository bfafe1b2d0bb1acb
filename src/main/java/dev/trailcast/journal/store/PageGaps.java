package dev.trailcast.journal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What is left in the unused middle of SQLite's pages. SQLite overwrites what is deleted ({@code
 * secure_delete}), but not the place that a cell has had in a page before it moved into a
 * neighbour, as half of them do when a page is split. To SQLite these bytes mean nothing, so they
 * can be overwritten in the file: by the thread that writes, while all of the log is in the file
 * and no page in memory, for else what is in the page there came back with its next change.
 *
 * <p>What a page is like: <a href="https://www.sqlite.org/fileformat.html#b_tree_pages">the file
 * format, section 1.6</a>.
 */
final class PageGaps implements AutoCloseable {
  /** Looked at in one go: 8 MiB, in 3 to 10 ms. */
  static final int PAGES = 1_024;

  /** The header of the file, on the first page before that of the page. */
  private static final int FILE_HEADER = 100;

  /** Up to here an overflow page's first byte, of the number of the next, is no b-tree page's. */
  private static final long MOST_PAGES = 0x02000000;

  private final FileChannel file; // closed last: closing it takes SQLite's lock from the file
  private final ByteBuffer page;

  /** Of this file, which SQLite has open. */
  PageGaps(Path file, int pageBytes) throws IOException {
    this.file = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    this.page = ByteBuffer.allocate(pageBytes);
  }

  /**
   * Overwrites the gaps of some pages.
   *
   * @param first the first page to look at, counted from 0
   * @return the page to go on with; negative where there is none
   */
  long wipe(long first) throws IOException {
    long count = Math.min(file.size() / page.capacity(), MOST_PAGES);
    long end = Math.min(count, first + PAGES);
    for (long number = first; number < end; number++) {
      wipeOne(number * page.capacity(), number == 0 ? FILE_HEADER : 0);
    }
    file.force(false);
    return end < count ? end : -1;
  }

  private void wipeOne(long at, int header) throws IOException {
    page.clear();
    if (file.read(page, at) < page.capacity()) {
      return;
    }
    int headerBytes =
        switch (page.get(header)) {
          case 0x02, 0x05 -> 12; // interior pages, of an index and a table
          case 0x0a, 0x0d -> 8; // leaves
          default -> 0; // no page of a b-tree
        };
    int cells = Short.toUnsignedInt(page.getShort(header + 3));
    int from = header + headerBytes + 2 * cells;
    int to = Short.toUnsignedInt(page.getShort(header + 5)); // where the cells begin
    if (headerBytes > 0 && to <= page.capacity() && hasRemains(from, to)) {
      file.write(ByteBuffer.allocate(to - from), at + from);
    }
  }

  private boolean hasRemains(int from, int to) {
    for (int i = from; i < to; i++) {
      if (page.get(i) != 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
