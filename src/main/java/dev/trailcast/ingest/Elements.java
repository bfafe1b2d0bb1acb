package dev.trailcast.ingest;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityReader;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.OversizedActivityException;
import dev.trailcast.activity.Utf8;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The elements of a JSON array that is held as bytes, or the members of an object. They are found
 * by brackets, quotes and commas alone, and stay bytes until they are taken: of a million small
 * ones only one is an object at a time. If each is valid JSON, so is the whole. For one thread.
 */
public final class Elements {
  private final byte[] json;
  private final int begin;
  private final int end;
  private final int longest;
  private final char opening;
  private final char closing;

  private int at;
  private boolean begun;
  private boolean ended;
  private int from; // where the element stands that was found last
  private int to;

  private Elements(byte[] json, int begin, int end, int longest, char opening, char closing) {
    this.json = json;
    this.begin = begin;
    this.end = end;
    this.longest = longest;
    this.opening = opening;
    this.closing = closing;
  }

  /**
   * Those of an array.
   *
   * @param begin where the array begins in {@code json}
   * @param end where it ends
   * @param longest how many bytes an element may have to be read at all
   */
  public static Elements ofArray(byte[] json, int begin, int end, int longest) {
    return new Elements(json, begin, end, longest, '[', ']');
  }

  /** The members of the object that {@code json} is up to {@code end}, however long they are. */
  public static Elements ofObject(byte[] json, int end) {
    return new Elements(json, 0, end, end, '{', '}');
  }

  /**
   * Goes over the whole of it, one element after the other, and keeps none. What has been gone over
   * already is not counted.
   *
   * @param most after how many it gives up
   * @return how many there are; more than {@code most} if it has given up
   * @throws InvalidActivityException if it is no JSON. What is inside of an element that is too
   *     long is not looked at.
   */
  public int count(int most) {
    int count = 0;
    while (count <= most && next()) {
      check(count);
      count++;
    }
    return count;
  }

  /**
   * Goes on to the next element; false at the end of the whole.
   *
   * @throws InvalidActivityException if the brackets are not those of an array, or an object
   */
  public boolean next() {
    if (ended) {
      return false;
    }
    boolean first = !begun;
    if (first) {
      begin();
    }
    from = skipSpace(at);
    to = endOfElement();
    at = to + 1;
    ended = json[to] == closing;
    if (ended && skipSpace(at) < end) {
      throw notJson("something follows it");
    }
    while (to > from && isSpace(json[to - 1])) {
      to--;
    }
    return !ended || !first || from < to; // there is nothing in an empty one
  }

  private void begin() {
    begun = true;
    at = skipSpace(begin);
    if (at == end || json[at] != opening) {
      throw notJson("it does not begin with a bracket");
    }
    at++;
  }

  /** Where the comma or the bracket stands behind the element that begins here. */
  private int endOfElement() {
    int depth = 0;
    boolean inString = false;
    for (int i = from; i < end; i++) {
      switch (json[i]) {
        case '\\' -> i += inString ? 1 : 0;
        case '"' -> inString = !inString;
        case '{', '[' -> depth += inString ? 0 : 1;
        case '}', ']' -> {
          if (!inString && depth == 0 && json[i] == closing) {
            return i;
          }
          depth -= inString || depth == 0 ? 0 : 1;
        }
        case ',' -> {
          if (!inString && depth == 0) {
            return i;
          }
        }
        default -> {}
      }
    }
    throw notJson("it ends too early");
  }

  private int skipSpace(int first) {
    int i = first;
    while (i < end && isSpace(json[i])) {
      i++;
    }
    return i;
  }

  /** Whether it is white space to JSON, which has but these four. */
  public static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private InvalidActivityException notJson(String why) {
    String problem = "is not JSON: " + why;
    return closing == ']'
        ? InvalidActivityException.array(problem)
        : InvalidActivityException.whole(problem);
  }

  /** Where the element begins that was found last. */
  public int from() {
    return from;
  }

  /** Where the element ends that was found last. */
  public int to() {
    return to;
  }

  /**
   * The element that was found last.
   *
   * @param reader what makes an activity of its JSON
   */
  public Supplier<Activity> element(Function<String, Activity> reader) {
    int first = from;
    int last = to;
    return () -> {
      if (last - first > longest) {
        throw OversizedActivityException.asSent(longest);
      }
      return reader.apply(Utf8.decode(json, first, last));
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
