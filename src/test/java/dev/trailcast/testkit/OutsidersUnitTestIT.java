package dev.trailcast.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.bind.Jsonb;
import java.io.File;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.tools.ToolProvider;
import org.apiguardian.api.API;
import org.eclipse.parsson.JsonProviderImpl;
import org.eclipse.yasson.JsonBindingProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.commons.JUnitException;
import org.opentest4j.AssertionFailedError;

/** The jar for tests as it is built. It needs no server. */
class OutsidersUnitTestIT {
  private static final File KIT = new File(System.getProperty("trailcast.test.kit"));
  private static final Path OUTSIDER = Path.of("src/test/java/com/example/shop");

  @Test
  void hasItsOwnClassesAlone() throws Exception {
    try (ZipFile jar = new ZipFile(KIT)) {
      assertThat(jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName))
          .filteredOn(name -> !name.startsWith("META-INF/"))
          .containsExactlyInAnyOrder(
              "dev/trailcast/testkit/ActivityAssertion.class",
              "dev/trailcast/testkit/RecordingEvent.class",
              "dev/trailcast/testkit/package-info.class");
    }
  }

  @Test
  void letsAnOutsidersTestRunWithNothingElseThanIsDocumented(@TempDir Path classes)
      throws Exception {
    List<Path> classPath = new ArrayList<>();
    classPath.add(KIT.toPath());
    classPath.add(Path.of(System.getProperty("trailcast.jar")));
    classPath.add(jar(UuidCreator.class)); // which comes with Trailcast
    for (Class<?> ofPlatform : List.of(Event.class, Inject.class, Json.class, Jsonb.class)) {
      classPath.add(jar(ofPlatform));
    }
    for (Class<?> ofBinding : List.of(JsonBindingProvider.class, JsonProviderImpl.class)) {
      classPath.add(jar(ofBinding));
    }
    for (Class<?> ofJUnit :
        List.of(Test.class, JUnitException.class, AssertionFailedError.class, API.class)) {
      classPath.add(jar(ofJUnit));
    }

    compile(classPath, classes);

    assertThat(run(classPath, classes))
        .containsExactlyInAnyOrder("tellsWhatWasOrdered", "placesNothingThatCannotBeRecorded");
  }

  private static Path jar(Class<?> inIt) throws URISyntaxException {
    return Path.of(inIt.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static void compile(List<Path> classPath, Path classes) {
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
    arguments.add("-classpath");
    arguments.add(String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()));
    for (String name : List.of("Orders.java", "OrdersTest.java")) {
      arguments.add(OUTSIDER.resolve(name).toString());
    }
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(String[]::new)))
        .isZero();
  }

  /** Runs it without anything of this test's own class path; gives the names of its tests. */
  private static List<String> run(List<Path> classPath, Path classes) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (Path path : Stream.concat(Stream.of(classes), classPath.stream()).toList()) {
      urls.add(path.toUri().toURL());
    }
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader alone =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Thread.currentThread().setContextClassLoader(alone);
      Class<?> test = alone.loadClass("com.example.shop.OrdersTest");
      Constructor<?> constructor = test.getDeclaredConstructor();
      constructor.setAccessible(true);
      List<String> names = new ArrayList<>();
      for (Method method : test.getDeclaredMethods()) {
        if (Stream.of(method.getAnnotations())
            .anyMatch(each -> each.annotationType().getName().equals(Test.class.getName()))) {
          method.setAccessible(true);
          method.invoke(constructor.newInstance());
          names.add(method.getName());
        }
      }
      return names;
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }
}
