package dev.trailcast.http;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant by a name that is none. */
public final class Spelling {
  /** More make another word of it. */
  private static final int MOST_MISTAKES = 3;

  /** Names come from outside, and comparing costs their lengths multiplied. */
  private static final int LONGEST = 64;

  private Spelling() {}

  /**
   * Goes on after "is no …; ": asks for the nearest of the names that there are, or lists them
   * where none is near.
   */
  public static String hint(String name, Collection<String> known) {
    return nearest(name, known)
        .map(nearest -> "did you mean " + nearest + "?")
        .orElseGet(() -> "there are " + String.join(", ", known));
  }

  /** The name that was probably meant; empty where none is near. */
  public static Optional<String> nearest(String name, Collection<String> known) {
    String asked = plain(name.substring(0, Math.min(name.length(), LONGEST)));
    return known.stream()
        .min(Comparator.comparingInt(each -> mistakes(asked, plain(each))))
        .filter(nearest -> isNear(asked, plain(nearest)));
  }

  /** A third of a name may be wrong: in a short one two letters could be anything. */
  private static boolean isNear(String asked, String nearest) {
    int mistakes = mistakes(asked, nearest);
    return mistakes <= MOST_MISTAKES && 3 * mistakes <= Math.max(asked.length(), nearest.length());
  }

  /** {@code maxDepth}, {@code MAX_DEPTH} and {@code max-depth} are the same word to a reader. */
  private static String plain(String name) {
    return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
  }

  /**
   * How many letters are missing, too many, wrong, or in the place of their neighbour: the distance
   * of Damerau and Levenshtein, where no letter is moved twice.
   */
  private static int mistakes(String one, String other) {
    int[][] least = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          least[i][j] = i + j;
          continue;
        }
        int wrong = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        least[i][j] =
            Math.min(least[i - 1][j - 1] + wrong, 1 + Math.min(least[i - 1][j], least[i][j - 1]));
        if (i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1)) {
          least[i][j] = Math.min(least[i][j], least[i - 2][j - 2] + 1);
        }
      }
    }
    return least[one.length()][other.length()];
  }
}
