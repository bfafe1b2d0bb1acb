package dev.trailcast.container;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Loads every class that the application can come to need while it still can. Where a class can't
 * be loaded when it is needed first, for want of open files or because the archive has been
 * deleted, the Java machine remembers that, and what needs it fails for as long as the application
 * runs (Java Virtual Machine Specification 5.4.3).
 *
 * <p>It goes from class to class by what their files name. For one thread.
 */
public final class Preloader {
  private static final Logger LOG = System.getLogger(Preloader.class.getName());
  private static final String OURS = "dev/trailcast/";

  /** It finds what verifies a token when the first comes. */
  private static final String LIKE_OURS = "org/jose4j/";

  /** What can be left out, and by what one knows that it is not. */
  private static final String OPTIONAL = OURS + "journal/kafka/";

  private static final String NEEDED = "org.apache.kafka.clients.consumer.KafkaConsumer";

  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int CLASS = 7;

  /** How many bytes follow a constant's tag (the same, 4.4). */
  private static final Map<Integer, Integer> LENGTHS =
      Map.ofEntries(
          Map.entry(3, 4),
          Map.entry(4, 4),
          Map.entry(LONG, 8),
          Map.entry(DOUBLE, 8),
          Map.entry(8, 2),
          Map.entry(9, 4),
          Map.entry(10, 4),
          Map.entry(11, 4),
          Map.entry(12, 4),
          Map.entry(15, 3),
          Map.entry(16, 2),
          Map.entry(17, 4),
          Map.entry(18, 4),
          Map.entry(19, 2),
          Map.entry(20, 2));

  private final ClassLoader loader;
  private final boolean hasOptional;
  private final Set<String> known = new HashSet<>();
  private final Deque<String> toRead = new ArrayDeque<>();

  private Preloader(ClassLoader loader) {
    this.loader = loader;
    this.hasOptional = loader.getResource(NEEDED.replace('.', '/') + ".class") != null;
  }

  /**
   * Loads these classes, those of ours and of jose4j that they need, and whatever all of these
   * name.
   */
  public static void load(Class<?>... roots) {
    Preloader preloader = new Preloader(roots[0].getClassLoader());
    for (Class<?> root : roots) {
      preloader.load(root.getName().replace('.', '/'));
    }
    while (!preloader.toRead.isEmpty()) {
      preloader.read(preloader.toRead.pop());
    }
  }

  private void load(String name) {
    if (!known.add(name) || (name.startsWith(OPTIONAL) && !hasOptional)) {
      return;
    }
    boolean ours = name.startsWith(OURS);
    try {
      Class.forName(name.replace('/', '.'), ours, loader);
    } catch (ClassNotFoundException
        | LinkageError e) { // a server need not have all that we could use
      LOG.log(
          ours ? Level.WARNING : Level.DEBUG, "TRAIL0604W: A class can't be loaded: " + name, e);
    }
    if (ours || name.startsWith(LIKE_OURS)) {
      toRead.push(name);
    }
  }

  private void read(String name) {
    try (InputStream file = loader.getResourceAsStream(name + ".class")) {
      if (file != null) {
        namedIn(new DataInputStream(file)).forEach(this::load);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "TRAIL0605W: A class can't be read: " + name, e);
    }
  }

  private static Set<String> namedIn(DataInputStream file) throws IOException {
    Map<Integer, String> texts = new HashMap<>();
    Set<Integer> classes = new HashSet<>();
    file.skipNBytes(8); // magic, versions
    int count = file.readUnsignedShort();
    for (int i = 1; i < count; i++) {
      int tag = file.readUnsignedByte();
      if (tag == UTF8) {
        texts.put(i, file.readUTF());
      } else if (tag == CLASS) {
        classes.add(file.readUnsignedShort());
      } else {
        file.skipNBytes(LENGTHS.get(tag));
        i += tag == LONG || tag == DOUBLE ? 1 : 0; // they take two places
      }
    }
    Set<String> named = new HashSet<>();
    for (int index : classes) {
      String name = texts.get(index);
      if (!name.startsWith("[")) { // what an array is of is named where it is used
        named.add(name);
      }
    }
    return named;
  }
}
