package dev.trailcast.activity;

/** An activity whose only fault is its size. */
public final class OversizedActivityException extends InvalidActivityException {
  private static final long serialVersionUID = 1L;

  private OversizedActivityException(String message) {
    super(null, message);
  }

  /**
   * It is larger than allowed in its {@link EncodedActivity encoded} form.
   *
   * @param bytes how large it is
   * @param allowed how large it may be
   */
  public static OversizedActivityException encoded(int bytes, int allowed) {
    return new OversizedActivityException(
        "the activity is %d bytes of compact JSON; at most %d are allowed"
            .formatted(bytes, allowed));
  }

  /**
   * It is so large as it was sent that it was not even read.
   *
   * @param allowed how large it may be in that form
   */
  public static OversizedActivityException asSent(int allowed) {
    return new OversizedActivityException(
        "the activity is more than %d bytes as it was sent, with white space and escapes; no more"
                .formatted(allowed)
            + " are allowed");
  }
}
