package dev.trailcast.journal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
  private static final String DIRECTORY = "org.sqlite.tmpdir";

  @TempDir Path temporary;

  @Test
  void saysWhatToDoWhereItCantBeLoadedAndLoadsItOnceItCan() throws Exception {
    Path unfit = Files.createFile(temporary.resolve("unfit"));
    String before = System.getProperty(DIRECTORY);
    try (URLClassLoader loader = new URLClassLoader(classPath(), platform())) {
      Object database =
          loader
              .loadClass(Database.class.getName())
              .getConstructor(Path.class)
              .newInstance(temporary);
      System.setProperty(DIRECTORY, unfit.toString());
      for (int attempt = 1; attempt <= 2; attempt++) { // the driver itself tries it only once
        assertThatThrownBy(() -> open(database))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("can't be loaded by way of " + unfit)
            .hasMessageContaining("noexec")
            .hasMessageContaining(DIRECTORY);
      }
      System.setProperty(DIRECTORY, temporary.toString());

      try (Connection connection = open(database)) {
        assertThat(connection.isClosed()).isFalse();
        assertThat(temporary)
            .as("a kill leaves nothing behind")
            .isDirectoryNotContaining("glob:**/sqlite-*");
      }
    } finally {
      if (before == null) {
        System.clearProperty(DIRECTORY);
      } else {
        System.setProperty(DIRECTORY, before);
      }
    }
  }

  private static Connection open(Object database) throws Exception {
    try {
      return (Connection) database.getClass().getMethod("openForWriting").invoke(database);
    } catch (InvocationTargetException e) {
      throw (Exception) e.getCause();
    }
  }

  /** A class loader loads a native library once; one of its own, as every application has. */
  private static URL[] classPath() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(Path.of(element).toUri().toURL());
    }
    return urls.toArray(new URL[0]);
  }

  private static ClassLoader platform() {
    return ClassLoader.getPlatformClassLoader();
  }
}
