package dev.trailcast.security;

import dev.trailcast.activity.Scope;
import dev.trailcast.settings.SettingException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who may do what.
 *
 * @param publish who may record
 * @param subscribe who may follow
 * @param administer who may administer; not bounded
 */
public record Access(List<Grant> publish, List<Grant> subscribe, List<Grant> administer) {
  public Access {
    publish = List.copyOf(publish);
    subscribe = List.copyOf(subscribe);
    administer = List.copyOf(administer);
  }

  /**
   * Reads who has each right.
   *
   * @throws SettingException naming the right, what it was, and how it is to be written
   */
  public static Access parse(String publish, String subscribe, String administer) {
    return new Access(
        grants(Right.PUBLISH, publish),
        grants(Right.SUBSCRIBE, subscribe),
        grants(Right.ADMINISTER, administer));
  }

  private static List<Grant> grants(Right right, String text) {
    try {
      List<Grant> grants = Grant.parseAll(text);
      if (right == Right.ADMINISTER && grants.stream().anyMatch(Grant::isBounded)) {
        throw new IllegalArgumentException("who administers sees all: no filter is possible");
      }
      if (right != Right.PUBLISH && grants.stream().anyMatch(has(Grant.To.KEY))) {
        throw new IllegalArgumentException("who has a write key can do no more than publish");
      }
      return grants;
    } catch (IllegalArgumentException e) {
      throw new SettingException(
          right.toString(), Grant.ALLOWED + " (" + e.getMessage() + ")", text);
    }
  }

  private List<Grant> grants(Right right) {
    return switch (right) {
      case PUBLISH -> publish;
      case SUBSCRIBE -> subscribe;
      case ADMINISTER -> administer;
    };
  }

  /** What somebody may do. */
  Rights rights(Identity identity) {
    return Rights.each(right -> reach(right, identity));
  }

  /** What whoever has the write key of this name may do: publish, and nothing else. */
  Rights rightsOfKey(String key) {
    Scope publish = reach(Right.PUBLISH, grant -> grant.isForKey(key), null);
    return new Rights(publish, Scope.NOTHING, Scope.NOTHING);
  }

  private Scope reach(Right right, Identity identity) {
    return reach(right, grant -> grant.isFor(identity), identity.name());
  }

  private Scope reach(Right right, Predicate<Grant> isGranted, String name) {
    List<Bound> bounds = grants(right).stream().filter(isGranted).map(Grant::bound).toList();
    return Bound.together(bounds, name);
  }

  /** What somebody may do who is not known. */
  public List<Right> openToAnyone() {
    return Stream.of(Right.values())
        .filter(right -> grants(right).stream().anyMatch(has(Grant.To.ANYONE)))
        .toList();
  }

  /** The roles that have a right. */
  Set<String> roles() {
    return named(Grant.To.ROLE);
  }

  /** The names of the write keys that something is granted to. */
  public Set<String> keys() {
    return named(Grant.To.KEY);
  }

  private Set<String> named(Grant.To kind) {
    return Stream.of(Right.values())
        .flatMap(right -> grants(right).stream())
        .filter(has(kind))
        .map(Grant::name)
        .collect(Collectors.toSet());
  }

  private static Predicate<Grant> has(Grant.To to) {
    return grant -> grant.to() == to;
  }
}
