package dev.trailcast.journal.store;

import dev.trailcast.activity.ActivityReader;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.journal.Bookmarks;
import dev.trailcast.journal.Erasure;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.ParkedActivity;
import dev.trailcast.journal.StreamPosition;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.StringReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The bookmarks as files, for a human to read as well: {@code followers/NAME/position}, and {@code
 * followers/NAME/parked/POSITION.json}, whose second line is the activity as it was recorded. Each
 * is written beside its place and then moved there, so it is never half of one.
 *
 * <p>Safe for use by many threads. To be used only while the directory is locked.
 */
public final class BookmarkFiles implements Bookmarks {
  private static final Logger LOG = System.getLogger(BookmarkFiles.class.getName());
  private static final JsonProvider JSON = JsonProvider.provider(); // looked up once, it is slow

  private static final String POSITION = "position";
  private static final String PARKED = "parked";
  private static final String ENDING = ".json";
  private static final String NEXT = ".next";

  private final Path directory;

  /**
   * @param journal the journal's directory
   */
  public BookmarkFiles(Path journal) {
    this.directory = journal.resolve("followers");
  }

  @Override
  public synchronized Optional<String> position(String name) throws IOException {
    try {
      // of one byte each: whatever it is, it is a text
      byte[] bytes = Files.readAllBytes(of(name).resolve(POSITION));
      return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public synchronized void keep(String name, StreamPosition position) throws IOException {
    write(of(name), POSITION, position + "\n");
  }

  @Override
  public synchronized int countParked(String name) throws IOException {
    return parkedFiles(name).size();
  }

  private List<Path> parkedFiles(String name) throws IOException {
    List<Path> files = filesIn(of(name).resolve(PARKED));
    files.removeIf(file -> !file.toString().endsWith(ENDING));
    return files;
  }

  @Override
  public synchronized List<ParkedActivity> parked(String name) throws IOException {
    List<ParkedActivity> parked = new ArrayList<>();
    for (Path file : parkedFiles(name)) {
      parked.add(read(file));
    }
    parked.sort(
        Comparator.comparing(ParkedActivity::parked)
            .thenComparing(each -> each.position().offset()));
    return parked;
  }

  @Override
  public synchronized boolean park(String name, ParkedActivity parked, BooleanSupplier isKept)
      throws IOException {
    if (!isKept.getAsBoolean()) {
      return false;
    }
    String said =
        JSON.createObjectBuilder()
            .add("position", parked.position().toString())
            .add("recorded", parked.entry().recorded().toString())
            .add("parked", parked.parked().toString())
            .add("tries", parked.tries())
            .add("reason", parked.reason())
            .build()
            .toString();
    String activity = new String(parked.entry().encoded().json(), StandardCharsets.UTF_8);
    write(of(name).resolve(PARKED), parked.position() + ENDING, said + "\n" + activity + "\n");
    return true;
  }

  @Override
  public synchronized boolean discard(String name, StreamPosition position) throws IOException {
    Path file = of(name).resolve(PARKED).resolve(position + ENDING);
    boolean isThere = Files.exists(file);
    if (isThere) {
      wipe(file);
    }
    return isThere;
  }

  /**
   * Erases what an erasure concerns, whoever parked it, also where nobody follows under that name
   * any more; and what can't be read, for it may be that. To be called when the journal no longer
   * has it.
   */
  public synchronized void erase(Erasure erasure) throws IOException {
    for (Path follower : filesIn(directory)) {
      for (Path file : filesIn(follower.resolve(PARKED))) {
        if (isConcerned(file, erasure)) {
          wipe(file);
        }
      }
    }
  }

  private static boolean isConcerned(Path file, Erasure erasure) {
    if (file.toString().endsWith(NEXT)) {
      return true; // of a process that has died meanwhile
    }
    try {
      JournalEntry entry = read(file).entry();
      boolean isOfThisJournal = entry.position().epoch().equals(erasure.upTo().epoch());
      StreamPosition position = isOfThisJournal ? entry.position() : erasure.upTo();
      return erasure.concerns(entry.activity(), position);
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "TRAIL0112W: A parked activity that can't be read is erased as well: " + file,
          e);
      return true;
    }
  }

  private Path of(String name) {
    if (!name.matches(NAME)) { // it becomes a part of a path
      throw new IllegalArgumentException("a name must be of the form " + NAME + ", not " + name);
    }
    return directory.resolve(name);
  }

  private static List<Path> filesIn(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(directory)) {
        found.forEach(files::add);
      }
    }
    return files;
  }

  private static ParkedActivity read(Path file) throws IOException {
    String[] lines = Files.readString(file).split("\n", -1);
    if (lines.length != 3) {
      throw new IOException(file + " must have two lines: delete it");
    }
    try (JsonReader reader = JSON.createReader(new StringReader(lines[0]))) {
      JsonObject said = reader.readObject();
      EncodedActivity activity =
          new EncodedActivity(
              ActivityReader.read(lines[1]), lines[1].getBytes(StandardCharsets.UTF_8));
      return new ParkedActivity(
          new JournalEntry(
              StreamPosition.parse(said.getString("position")).orElseThrow(),
              Instant.parse(said.getString("recorded")),
              activity),
          said.getString("reason"),
          said.getInt("tries"),
          Instant.parse(said.getString("parked")));
    } catch (JsonException
        | InvalidActivityException
        | DateTimeException
        | NullPointerException
        | ClassCastException
        | NoSuchElementException e) {
      throw new IOException(file + " is no parked activity: delete it", e);
    }
  }

  private static void write(Path directory, String name, String text) throws IOException {
    PrivateFiles.createDirectories(directory);
    Path next = directory.resolve(name + NEXT);
    Files.deleteIfExists(next);
    PrivateFiles.create(next);
    try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
      writeAll(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    Files.move(
        next,
        directory.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Nothing of it is to be found on the disk. */
  private static void wipe(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      writeAll(channel, ByteBuffer.allocate(Math.toIntExact(channel.size())));
      channel.force(true);
    }
    Files.delete(file);
  }

  private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
