package dev.trailcast;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.stream.Stream;
import org.jose4j.jwt.consumer.JwtConsumer;

/** Gives classes of ours, and jose4j's, until it is removed; all others come from elsewhere. */
public final class RemovableArchive extends URLClassLoader {
  private volatile boolean removed;

  public RemovableArchive() {
    super(
        Stream.of(TrailcastApplication.class, RemovableArchive.class, JwtConsumer.class)
            .map(each -> each.getProtectionDomain().getCodeSource().getLocation())
            .toArray(URL[]::new));
  }

  public void remove() {
    removed = true;
  }

  /** Whether it has been needed. */
  public boolean isLoaded(String name) {
    return findLoadedClass(name) != null;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("dev.trailcast.") && !name.startsWith("org.jose4j.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known == null && removed) {
        throw new ClassNotFoundException(name);
      }
      return known == null ? findClass(name) : known;
    }
  }
}
