package dev.trailcast.it;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * A package of npm that Maven brings.
 *
 * @param name of the package
 * @param version that the pom chooses
 */
public record WebJar(String name, String version) {
  public static WebJar of(String name) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = open("META-INF/maven/org.webjars.npm/" + name + "/pom.properties")) {
      properties.load(in);
    }
    return new WebJar(name, properties.getProperty("version"));
  }

  /** One of its files. */
  public String text(String path) throws IOException {
    try (InputStream in = open("META-INF/resources/webjars/" + name + "/" + version + "/" + path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static InputStream open(String resource) {
    InputStream in = WebJar.class.getClassLoader().getResourceAsStream(resource);
    if (in == null) {
      throw new AssertionError(resource + " is not on the class path");
    }
    return in;
  }
}
