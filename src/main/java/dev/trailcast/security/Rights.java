package dev.trailcast.security;

import dev.trailcast.activity.Scope;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * How far each right of somebody goes.
 *
 * @param reaches of each right; one that it does not have reaches nothing
 */
public record Rights(Map<Right, Scope> reaches) {
  public Rights {
    Map<Right, Scope> all = new EnumMap<>(Right.class);
    for (Right right : Right.values()) {
      all.put(right, reaches.getOrDefault(right, Scope.NOTHING));
    }
    reaches = Map.copyOf(all);
  }

  /** Asks for each right how far it goes. */
  static Rights each(Function<Right, Scope> reach) {
    Map<Right, Scope> reaches = new EnumMap<>(Right.class);
    for (Right right : Right.values()) {
      reaches.put(right, reach.apply(right));
    }
    return new Rights(reaches);
  }

  /** How far this one goes. */
  public Scope reach(Right right) {
    return reaches.get(right);
  }
}
