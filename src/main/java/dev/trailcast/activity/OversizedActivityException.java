package dev.trailcast.activity;

/** An activity whose only fault is its size. */
public final class OversizedActivityException extends InvalidActivityException {
  private static final long serialVersionUID = 1L;

  /**
   * It is larger than allowed.
   *
   * @param bytesAllowed how large it may be in its {@link EncodedActivity encoded} form
   */
  public OversizedActivityException(int bytesAllowed) {
    super(null, "must not be larger than " + bytesAllowed + " bytes");
  }
}
