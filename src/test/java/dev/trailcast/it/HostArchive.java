package dev.trailcast.it;

import com.example.host.HostApplication;
import java.io.File;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.FileAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Somebody else's WAR, and the jar as it is built, with what it needs. */
public final class HostArchive {
  private static final File JAR = new File(System.getProperty("trailcast.jar"));
  private static final String LIBRARIES = "/WEB-INF/lib/";

  private HostArchive() {}

  /**
   * With the jar in {@code WEB-INF/lib}, and a journal of its own.
   *
   * @param name of the file, which its address is made of
   * @param settings keys and values, alternately
   */
  public static WebArchive named(String name, String... settings) {
    WebArchive war = withoutTrailcast(name, settings);
    addTrailcast(war, LIBRARIES);
    return war;
  }

  /** The same without the jar. */
  public static WebArchive withoutTrailcast(String name, String... settings) {
    return ShrinkWrap.create(WebArchive.class, name)
        .addPackage(HostApplication.class.getPackage())
        .addAsResource(
            TestArchive.settings(TestJournal.current(), settings),
            "META-INF/microprofile-config.properties");
  }

  /** Puts the jar, and what it needs, into a directory of an archive. */
  public static void addTrailcast(Archive<?> archive, String directory) {
    archive.add(new FileAsset(JAR), directory + JAR.getName());
    ShrinkWrap.createFromZipFile(WebArchive.class, TestJournal.current().war())
        .getContent(Filters.include(LIBRARIES + ".+"))
        .forEach(
            (path, node) ->
                archive.add(node.getAsset(), directory + path.get().substring(LIBRARIES.length())));
  }
}
