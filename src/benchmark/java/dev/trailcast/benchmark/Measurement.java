package dev.trailcast.benchmark;

import java.util.OptionalDouble;

/**
 * A number that a bar is compared with.
 *
 * @param value empty where it was not measured
 * @param because why it was not, or what ended measuring it; else empty
 */
record Measurement(OptionalDouble value, String because) {
  static Measurement of(double value) {
    return new Measurement(OptionalDouble.of(value), "");
  }

  static Measurement missing(String because) {
    return new Measurement(OptionalDouble.empty(), because);
  }

  /** The same where it was only measured until something happened. */
  Measurement before(String end) {
    return new Measurement(value, end);
  }
}
