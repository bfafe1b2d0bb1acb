package dev.trailcast.security;

import dev.trailcast.settings.SettingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Keys to record by, as Segment's libraries have them. Several may have one name, so that a new one
 * can come before the old one goes. Only their hashes are kept, so that no dump and no log has
 * them. Unchanging.
 */
public final class WriteKeys {
  private static final int SHORTEST = 16;

  /** No colon: in Basic it ends the key. No comma: it ends the pair. */
  private static final Pattern KEY = Pattern.compile("[!-~&&[^:,]]{" + SHORTEST + ",}");

  /** What may stand in a path: the source of what is recorded is / and the name. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*");

  private static final String ALLOWED =
      ("pairs NAME:KEY, separated by commas, names of [A-Za-z0-9._~/-], keys of %d characters at"
              + " least, none of them twice")
          .formatted(SHORTEST);
  private static final String NOT_SHOWN = "what it is (a secret is not shown)";

  /** A key's name, and its hash. */
  private record Key(String name, byte[] hash) {}

  private final List<Key> keys;

  /**
   * Reads them.
   *
   * @param pairs of a name, a colon and the key; there may be none
   * @throws SettingException if one is none, or a key is there twice
   */
  public WriteKeys(List<String> pairs) {
    if (new HashSet<>(pairs.stream().map(WriteKeys::keyOf).toList()).size() < pairs.size()) {
      throw refusal();
    }
    this.keys = pairs.stream().map(pair -> new Key(nameOf(pair), hash(keyOf(pair)))).toList();
  }

  private static String nameOf(String pair) {
    String name = pair.substring(0, pair.indexOf(':'));
    if (!NAME.matcher(name).matches()) {
      throw refusal();
    }
    return name;
  }

  private static String keyOf(String pair) {
    String key = pair.substring(pair.indexOf(':') + 1);
    if (key.length() == pair.length() || !KEY.matcher(key).matches()) {
      throw refusal();
    }
    return key;
  }

  private static SettingException refusal() {
    return new SettingException("writeKeys", ALLOWED, NOT_SHOWN);
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /** The names of all of them. */
  public Set<String> names() {
    return keys.stream().map(Key::name).collect(Collectors.toSet());
  }

  /**
   * The name of this key; empty if it is none. How long that takes tells nothing of the keys: all
   * are compared, to their ends.
   */
  Optional<String> name(String key) {
    byte[] hash = hash(key);
    String name = null;
    for (Key each : keys) {
      name = MessageDigest.isEqual(each.hash, hash) ? each.name : name;
    }
    return Optional.ofNullable(name);
  }

  private static byte[] hash(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
