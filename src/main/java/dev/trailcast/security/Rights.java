package dev.trailcast.security;

import dev.trailcast.activity.Scope;
import java.util.function.Function;

/**
 * How far each right of somebody goes; one that it does not have reaches nothing.
 *
 * @param publish where it may record
 * @param subscribe where it may follow
 * @param administer where it may administer
 */
public record Rights(Scope publish, Scope subscribe, Scope administer) {
  /** Of somebody who may nothing. */
  public static final Rights NONE = each(right -> Scope.NOTHING);

  /** Asks for each right how far it goes. */
  static Rights each(Function<Right, Scope> reach) {
    return new Rights(
        reach.apply(Right.PUBLISH), reach.apply(Right.SUBSCRIBE), reach.apply(Right.ADMINISTER));
  }

  /** How far this one goes. */
  public Scope reach(Right right) {
    return switch (right) {
      case PUBLISH -> publish;
      case SUBSCRIBE -> subscribe;
      case ADMINISTER -> administer;
    };
  }
}
