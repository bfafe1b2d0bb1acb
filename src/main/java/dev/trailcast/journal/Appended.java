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
 * order, each entry once, each from where the one before it ended; or later, where an observer is
 * so far behind that the journal no longer has what lies between. Each holds an entry at least.
 *
 * <p>Observers are called one after the other on a thread of their own, outside of any request and
 * transaction. They may take their time, and fire activities: nobody waits for them, and those that
 * are slow get more at a time. Where one throws, those after it are not told of that page; the
 * failure is logged, once for each kind, and counted.
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
