package dev.trailcast.ingest;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityReader;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.OversizedActivityException;
import dev.trailcast.http.Utf8;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The elements of a JSON array that is held as bytes. They are found by brackets, quotes and commas
 * alone, and stay bytes until they are taken: of a million small ones only one is an object at a
 * time. If each is valid JSON, so is the array. For one thread.
 */
final class Elements {
  private final byte[] json;
  private final int end;
  private final int longest;

  private int at;
  private boolean begun;
  private boolean ended;
  private int from; // where the element stands that was found last
  private int to;

  /**
   * @param end where the array ends in {@code json}
   * @param longest how many bytes an element may have to be read at all
   */
  Elements(byte[] json, int end, int longest) {
    this.json = json;
    this.end = end;
    this.longest = longest;
  }

  /**
   * Goes over the whole array, one element after the other, and keeps none.
   *
   * @param most after how many it gives up
   * @return how many there are; more than {@code most} if it has given up
   * @throws InvalidActivityException if it is no JSON. What is inside of an element that is too
   *     long is not looked at.
   */
  static int count(byte[] json, int end, int longest, int most) {
    Elements elements = new Elements(json, end, longest);
    int count = 0;
    while (count <= most && elements.next()) {
      elements.check(count);
      count++;
    }
    return count;
  }

  /**
   * Goes on to the next element; false at the end of the array.
   *
   * @throws InvalidActivityException if the brackets are not those of an array
   */
  boolean next() {
    if (ended) {
      return false;
    }
    boolean first = !begun;
    if (first) {
      begin();
    }
    from = skipSpace(at);
    to = closing();
    at = to + 1;
    ended = json[to] == ']';
    if (ended && skipSpace(at) < end) {
      throw noArray("something follows it");
    }
    while (to > from && isSpace(json[to - 1])) {
      to--;
    }
    return !ended || !first || from < to; // there is nothing in an empty one
  }

  private void begin() {
    begun = true;
    at = skipSpace(0);
    if (at == end || json[at] != '[') {
      throw noArray("it does not begin with a bracket");
    }
    at++;
  }

  /** Where the comma or the bracket stands behind the element that begins here. */
  private int closing() {
    int depth = 0;
    boolean inString = false;
    for (int i = from; i < end; i++) {
      switch (json[i]) {
        case '\\' -> i += inString ? 1 : 0;
        case '"' -> inString = !inString;
        case '{', '[' -> depth += inString ? 0 : 1;
        case '}' -> depth -= inString || depth == 0 ? 0 : 1;
        case ']' -> {
          if (!inString && depth == 0) {
            return i;
          }
          depth -= inString ? 0 : 1;
        }
        case ',' -> {
          if (!inString && depth == 0) {
            return i;
          }
        }
        default -> {}
      }
    }
    throw noArray("it ends too early");
  }

  private int skipSpace(int begin) {
    int i = begin;
    while (i < end && isSpace(json[i])) {
      i++;
    }
    return i;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private static InvalidActivityException noArray(String why) {
    return InvalidActivityException.array("is not JSON: " + why);
  }

  /**
   * The element that was found last.
   *
   * @param reader what makes an activity of its JSON
   */
  Supplier<Activity> element(Function<String, Activity> reader) {
    int begin = from;
    int end = to;
    return () -> {
      if (end - begin > longest) {
        throw OversizedActivityException.asSent(longest);
      }
      return reader.apply(Utf8.decode(json, begin, end));
    };
  }

  private void check(int index) {
    if (to - from > longest) {
      return; // refused when it is taken
    }
    try {
      ActivityReader.check(Utf8.decode(json, from, to));
    } catch (InvalidActivityException e) {
      throw InvalidActivityException.array(
          "can't be read at index " + index + ": " + e.getMessage());
    }
  }
}
