package dev.trailcast.settings;

/**
 * A settings record refuses the value of one of its components. It doesn't know by which key that
 * was set: who reads the configuration does.
 */
public final class SettingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String component;
  private final String allowed;
  private final String value;

  /**
   * Refuses a value.
   *
   * @param component of the record
   * @param allowed what goes on after "must be"
   */
  public SettingException(String component, String allowed, Object value) {
    super(component + " must be " + allowed + ", not " + value);
    this.component = component;
    this.allowed = allowed;
    this.value = String.valueOf(value);
  }

  /**
   * Refuses a value that is not to be shown, or that says nothing.
   *
   * @param component of the record
   * @param allowed what goes on after "must be"
   */
  public SettingException(String component, String allowed) {
    super(component + " must be " + allowed);
    this.component = component;
    this.allowed = allowed;
    this.value = null;
  }

  /** The component at fault. */
  public String component() {
    return component;
  }

  /** What goes on after "must be". */
  public String allowed() {
    return allowed;
  }

  /** What it was instead; null where that is not to be shown. */
  public String value() {
    return value;
  }
}
