package dev.trailcast.benchmark;

import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Why something failed, in a line that fits into a table. */
final class Reason {
  private static final int LONGEST = 200;

  /** Exceptions that say nothing but what their cause says. */
  private static final Set<Class<?>> WRAPPERS =
      Set.of(CompletionException.class, ExecutionException.class, UncheckedIOException.class);

  private Reason() {}

  static String of(Throwable exception) {
    Throwable cause = exception;
    while (cause.getCause() != null && WRAPPERS.contains(cause.getClass())) {
      cause = cause.getCause();
    }
    // what an Error says is often but a name
    boolean speaks = cause instanceof Exception && cause.getMessage() != null;
    String line =
        (speaks ? cause.getMessage() : cause.toString()).strip().lines().findFirst().orElse("");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
