package dev.trailcast.activity;

import java.util.Collections;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * The only ones who may ever see an activity: users by name, and whoever is in a role.
 *
 * @param users names of users
 * @param roles names of roles, without the {@code role:} they are written with
 */
public record Audience(Set<String> users, Set<String> roles) {
  private static final String ROLE = "role:";

  public Audience {
    users = Collections.unmodifiableSet(new TreeSet<>(users));
    roles = Collections.unmodifiableSet(new TreeSet<>(roles));
    if (users.isEmpty() && roles.isEmpty()) {
      throw InvalidActivityException.of(
          "audience", "must name a user or a role; leave it out for everyone");
    }
    // what is written must be read back as the same: nobody else may come to see it
    for (String user : users) {
      checkName(user);
      if (user.startsWith(ROLE)) {
        throw InvalidActivityException.of("audience", "must not name a user like a role");
      }
    }
    roles.forEach(Audience::checkName);
  }

  private static void checkName(String name) {
    AttributeText.check("audience", name);
    if (name.indexOf(' ') >= 0) {
      throw InvalidActivityException.of("audience", "must not have spaces in its names");
    }
  }

  /**
   * Reads {@code alice bob role:support}.
   *
   * @throws InvalidActivityException if it names nobody: an audience is never "everyone" by mistake
   */
  public static Audience parse(String text) {
    Set<String> users = new TreeSet<>();
    Set<String> roles = new TreeSet<>();
    for (String name : text.split(" ")) {
      if (name.equals(ROLE)) {
        throw InvalidActivityException.of("audience", "has role: without a name");
      } else if (name.startsWith(ROLE)) {
        roles.add(name.substring(ROLE.length()));
      } else if (!name.isEmpty()) {
        users.add(name);
      }
    }
    return new Audience(users, roles);
  }

  /** The form it is written in, users first, each group in order. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(" ");
    users.forEach(text::add);
    roles.forEach(role -> text.add(ROLE + role));
    return text.toString();
  }
}
