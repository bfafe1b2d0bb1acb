package dev.trailcast.journal;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The {@link JournalPage} was appended: it is durable, and can be read. Pages are fired in journal
 * order, each once, as a rule each from where the one before it ended. Each moves the head, though
 * it may hold no entry. Whoever observes this holds up everybody who records, so an observer only
 * takes note.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.METHOD, ElementType.TYPE})
public @interface Appended {
  /** The one instance, for selecting an event by it. */
  final class Literal extends AnnotationLiteral<Appended> implements Appended {
    private static final long serialVersionUID = 1L;

    /** The one instance. */
    public static final Literal INSTANCE = new Literal();

    private Literal() {}
  }
}
