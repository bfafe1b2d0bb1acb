package dev.trailcast.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A class of tests that is content with what others have left in the journal and with the settings
 * of {@link TestArchive#shared()}, which it deploys. All of these come one after the other, so that
 * it is deployed once for them: on Payara Micro that takes the start of a server.
 */
@Order(1)
@ExtendWith(ArquillianExtension.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnSharedServer {}
