package dev.trailcast.journal;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The {@link JournalBatch} was appended: it is durable. Batches are fired in journal order, each
 * once, on the journal's writing thread. Whoever observes this holds up everybody who records, so
 * an observer only takes note.
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
