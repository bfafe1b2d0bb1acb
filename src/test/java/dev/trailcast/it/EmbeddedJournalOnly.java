package dev.trailcast.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** A test of what only the embedded journal promises. */
@DisabledIfSystemProperty(named = "it.journal", matches = "kafka")
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface EmbeddedJournalOnly {
  /** Why another does not. */
  String value();
}
