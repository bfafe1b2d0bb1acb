package dev.trailcast.it;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The WAR as it is built, with settings for a test, a journal of its own, and beans that fire. */
public final class TestArchive {
  private static final class Shared {
    static final WebArchive ARCHIVE = with();
  }

  private TestArchive() {}

  /** The one that all tests {@link OnSharedServer} deploy: nobody may change it. */
  public static WebArchive shared() {
    return Shared.ARCHIVE;
  }

  /**
   * @param settings keys and values, alternately
   */
  public static WebArchive with(String... settings) {
    return with(TestJournal.current(), settings);
  }

  /** Likewise with this journal, whichever other tests have. */
  public static WebArchive with(TestJournal journal, String... settings) {
    JavaArchive application = // a jar beside ours, as in the WAR of somebody else
        ShrinkWrap.create(JavaArchive.class, "application.jar")
            .addClasses(
                Application.class,
                ScanningApplication.class,
                FiringResource.class,
                FiringBean.class,
                HeapResource.class)
            .addAsResource(settings(journal, settings), "META-INF/microprofile-config.properties")
            .addAsManifestResource(new StringAsset("<beans version=\"4.0\"/>"), "beans.xml");
    return ShrinkWrap.create(WebArchive.class, "trailcast-it.war")
        .merge(ShrinkWrap.createFromZipFile(WebArchive.class, journal.war()))
        .addAsLibrary(application);
  }

  /** Settings: a journal of its own, nothing that takes long, open to anyone, and these. */
  static StringAsset settings(TestJournal journal, String... settings) {
    Map<String, String> all = new TreeMap<>();
    all.put("trailcast.journal.directory", newJournalDirectory());
    all.put("trailcast.stream.heartbeat", "PT1S");
    for (String right : List.of("publish", "subscribe", "administer")) {
      all.put("trailcast.access." + right, "anyone");
    }
    all.put("trailcast.stream.retry", "PT0.5S");
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    journal.complete(all);
    StringBuilder file = new StringBuilder();
    all.forEach((key, value) -> file.append(key).append('=').append(value).append('\n'));
    return new StringAsset(file.toString());
  }

  /** A place for a journal that nobody else has. */
  public static String newJournalDirectory() {
    return new File(TestJournal.current().war().getParentFile(), "it-journals/" + UUID.randomUUID())
        .getPath();
  }
}
