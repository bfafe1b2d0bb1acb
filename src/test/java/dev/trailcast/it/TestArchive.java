package dev.trailcast.it;

import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The WAR as it is built, with settings for a test, a journal of its own, and beans that fire. */
public final class TestArchive {
  private static final File WAR = new File(System.getProperty("trailcast.war"));

  private TestArchive() {}

  /**
   * @param settings keys and values, alternately
   */
  public static WebArchive with(String... settings) {
    Map<String, String> all = new TreeMap<>();
    all.put(
        "trailcast.journal.directory",
        new File(WAR.getParentFile(), "it-journals/" + UUID.randomUUID()).getPath());
    all.put("trailcast.stream.heartbeat", "PT1S");
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    StringBuilder file = new StringBuilder();
    all.forEach((key, value) -> file.append(key).append('=').append(value).append('\n'));
    JavaArchive application = // a jar beside ours, as in the WAR of somebody else
        ShrinkWrap.create(JavaArchive.class, "application.jar")
            .addClasses(
                Application.class,
                ScanningApplication.class,
                FiringResource.class,
                FiringBean.class,
                HeapResource.class)
            .addAsResource(
                new StringAsset(file.toString()), "META-INF/microprofile-config.properties")
            .addAsManifestResource(new StringAsset("<beans version=\"4.0\"/>"), "beans.xml");
    return ShrinkWrap.create(WebArchive.class, "trailcast-it.war")
        .merge(ShrinkWrap.createFromZipFile(WebArchive.class, WAR))
        .addAsLibrary(application);
  }
}
