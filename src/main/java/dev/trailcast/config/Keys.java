package dev.trailcast.config;

import dev.trailcast.http.Spelling;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * The keys of Trailcast: one is known when it has been read. What else is set under {@code
 * trailcast.} is somebody's mistake, and the default would stand in silence.
 */
final class Keys {
  private static final String OURS = "trailcast.";

  /** A profile of MicroProfile Config, before a key. */
  private static final String PROFILE = "^%[^.]+\\.";

  private final Config config;
  private final Set<String> variables;
  private final Set<String> known = new TreeSet<>();

  /** Prefixes, and the names below each that somebody else knows. */
  private final Map<String, Set<String>> passedOn = new TreeMap<>();

  /**
   * The keys of a configuration.
   *
   * @param environment the names of the environment's variables
   */
  Keys(Config config, Set<String> environment) {
    this.config = config;
    this.variables =
        environment.stream()
            .filter(name -> !name.contains(".")) // such a one is no variable's name, but a key
            .map(Keys::variable)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The keys that begin so. */
  Section under(String prefix) {
    return new Section(this, prefix);
  }

  /** What is set, or an empty text. */
  String read(String key) {
    known.add(key);
    return config.getOptionalValue(key, String.class).map(String::strip).orElse("");
  }

  /**
   * What is set below a prefix, by names that somebody else knows, as it is. What variables of the
   * environment are meant for can't be told from their names, so it is asked for each that is
   * known.
   *
   * @param names all that are known; none: whatever there is, but for variables
   * @throws BadSettingException if one is set that is not known; its value is not shown
   */
  Map<String, String> passedOn(String prefix, Set<String> names) {
    passedOn.put(prefix, names);
    Set<String> asked = new TreeSet<>(names);
    for (String key : config.getPropertyNames()) {
      String name = below(prefix, withoutProfile(key));
      if (name != null && !names.contains(name) && !variables.contains(variable(prefix + name))) {
        asked.add(name);
      }
    }
    Map<String, String> values = new TreeMap<>();
    for (String name : asked) {
      config
          .getOptionalValue(prefix + name, String.class)
          .ifPresent(value -> values.put(name, value));
    }
    for (String name : values.keySet()) {
      if (!names.isEmpty() && !names.contains(name)) {
        throw new BadSettingException(isNone(prefix + name, prefix + name));
      }
    }
    return values;
  }

  private static String below(String prefix, String key) {
    return key.startsWith(prefix) ? key.substring(prefix.length()) : null;
  }

  /**
   * To be called when all that there is has been read.
   *
   * @throws BadSettingException if a key of ours is set that is not known
   */
  void refuseUnknown() {
    StreamSupport.stream(config.getPropertyNames().spliterator(), false)
        .filter(name -> isUnknown(withoutProfile(name)))
        .sorted()
        .findFirst()
        .ifPresent(
            name -> {
              throw new BadSettingException(isNone(name, withoutProfile(name)));
            });
  }

  private boolean isUnknown(String key) {
    return key.startsWith(OURS)
        && !known.contains(key)
        && prefix(key).isEmpty() // those were looked at
        && !variables.contains(variable(key)); // some implementations list these as keys
  }

  private static String withoutProfile(String name) {
    return name.replaceFirst(PROFILE, "");
  }

  /**
   * What is probably wrong with variables of the environment. That is no more than a doubt: for a
   * service that is called trailcast, Kubernetes sets {@code TRAILCAST_PORT}, {@code
   * TRAILCAST_SERVICE_HOST} and more in every container.
   */
  List<String> doubts() {
    Set<String> right = known.stream().map(Keys::variable).collect(Collectors.toSet());
    passedOn.forEach((prefix, names) -> names.forEach(name -> right.add(variable(prefix + name))));
    return variables.stream()
        .filter(name -> name.startsWith(variable(OURS)) && !right.contains(name))
        .filter(name -> isMeantForUs(namesake(name)))
        .map(name -> isNone(name, namesake(name)))
        .toList();
  }

  private boolean isMeantForUs(String key) {
    Optional<String> prefix = prefix(key);
    return prefix.isPresent()
        ? nearest(prefix.get(), key).isPresent()
        : !besides(key).isEmpty() || Spelling.nearest(key, known).isPresent();
  }

  private String isNone(String name, String key) {
    return name
        + " is no setting; "
        + prefix(key).map(prefix -> hint(prefix, key)).orElseGet(() -> hint(key));
  }

  private String hint(String key) {
    Collection<String> besides = besides(key);
    return Spelling.hint(key, besides.isEmpty() ? known : besides);
  }

  /** They are too many to list them. */
  private String hint(String prefix, String key) {
    return nearest(prefix, key)
        .map(nearest -> "did you mean " + prefix + nearest + "?")
        .orElseGet(() -> "there is no " + below(prefix, key));
  }

  private Optional<String> nearest(String prefix, String key) {
    return Spelling.nearest(below(prefix, key), passedOn.get(prefix));
  }

  /** The one below which it is passed on. */
  private Optional<String> prefix(String key) {
    return passedOn.keySet().stream().filter(key::startsWith).findFirst();
  }

  /** Those that begin with the same two words. */
  private List<String> besides(String key) {
    int end = key.indexOf('.', OURS.length());
    return end < 0
        ? List.of()
        : known.stream().filter(each -> each.startsWith(key.substring(0, end + 1))).toList();
  }

  /** The variable that sets a key. */
  private static String variable(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  /** A key that a variable may be meant for: what was a hyphen is not to be seen. */
  private static String namesake(String variable) {
    return variable.toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
