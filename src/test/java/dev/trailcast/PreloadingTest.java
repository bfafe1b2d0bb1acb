package dev.trailcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.container.Preloader;
import dev.trailcast.stream.delivery.TestTrail;
import dev.trailcast.stream.wire.FakeConnection;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers may come for the first time when no class can be loaded any more. */
class PreloadingTest {
  @TempDir Path directory;

  @Test
  void loadsEveryClassThatReadersAndPublishersMayNeed() throws Exception {
    try (RemovableArchive archive = new RemovableArchive()) {
      Method run = archive.loadClass(Preloading.class.getName()).getDeclaredMethod("run");
      run.setAccessible(true);
      run.invoke(null);

      assertThat(ours())
          .hasSizeGreaterThan(200)
          .filteredOn(each -> !archive.isLoaded(each))
          .isEmpty();
    }
  }

  /** Except for what only looks, is needed once at the start, or may lack what it refers to. */
  private static List<String> ours() throws Exception {
    Path classes =
        Path.of(Preloading.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(classes.resolve("dev/trailcast"))) {
      return files
          .map(file -> classes.relativize(file).toString().replace('/', '.'))
          .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
          .map(name -> name.substring(0, name.length() - ".class".length()))
          .filter(name -> !name.matches("dev\\.trailcast\\.(health|metrics|telemetry|config)\\..*"))
          .filter(name -> !name.endsWith(".BackupCommand")) // no server's
          .toList();
    }
  }

  @Test
  void letsAReaderComeForTheFirstTimeAfterwards() throws Exception {
    assertThat(gotAfterRemoval(true)).contains("event: a");
  }

  @Test
  void isNeededForThat() throws Exception {
    assertThat(gotAfterRemoval(false)).isNull();
  }

  private String gotAfterRemoval(boolean preloaded) throws Exception {
    try (RemovableArchive archive = new RemovableArchive()) {
      Class<?> application = archive.loadClass(Application.class.getName());
      @SuppressWarnings("unchecked") // it is the one below
      Callable<String> started =
          (Callable<String>)
              application
                  .getConstructor(Path.class, boolean.class)
                  .newInstance(directory, preloaded);
      archive.remove();
      return started.call();
    }
  }

  /** An application that nobody has followed yet. When it is called, somebody does. */
  public static final class Application implements Callable<String> {
    private final TestTrail trail;

    public Application(Path directory, boolean preloaded) throws Exception {
      trail = new TestTrail(directory, 100);
      trail.record("a");
      if (preloaded) {
        Preloader.load(Application.class);
      }
    }

    @Override
    public String call() throws IOException {
      try {
        FakeConnection reader = trail.followFrom(0);
        reader.await("it", client -> !client.activities().isEmpty());
        trail.close();
        return reader.text();
      } catch (NoClassDefFoundError e) {
        return null;
      }
    }
  }
}
