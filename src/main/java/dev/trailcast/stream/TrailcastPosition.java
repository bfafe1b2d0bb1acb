package dev.trailcast.stream;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a resource of the application's own, or one of its methods: the answer has the header {@value
 * PositionFilter#HEADER}, where the trail was before the method was called. So whoever gets the
 * answer, and follows from there on, misses nothing that the answer does not have yet.
 *
 * <p>The header is missing where the caller may not follow, or the trail is not there.
 */
@NameBinding
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface TrailcastPosition {}
