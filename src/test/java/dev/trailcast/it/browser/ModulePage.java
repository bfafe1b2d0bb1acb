package dev.trailcast.it.browser;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A page of an application. Its scripts are files: the WAR allows no others. */
public final class ModulePage {
  /** Where it is. */
  public static final String PATH = "page.html";

  public static final String HTML =
      """
      <!doctype html>
      <title>A page</title>
      <script type="module" src="page.js"></script>
      """;

  private ModulePage() {}

  /**
   * Puts it into an archive.
   *
   * @param script the module that it loads
   */
  public static WebArchive with(WebArchive archive, String script) {
    return archive
        .addAsWebResource(new StringAsset(HTML), PATH)
        .addAsWebResource(new StringAsset(script), "page.js");
  }
}
