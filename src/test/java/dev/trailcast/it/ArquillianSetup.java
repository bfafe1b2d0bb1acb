package dev.trailcast.it;

import java.lang.annotation.Annotation;
import java.net.URL;
import org.jboss.arquillian.container.spi.event.container.BeforeSetup;
import org.jboss.arquillian.container.test.impl.enricher.resource.URLResourceProvider;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.arquillian.test.spi.enricher.resource.ResourceProvider;

/** What Arquillian has to know of these tests. */
public final class ArquillianSetup implements LoadableExtension {
  @Override
  public void register(ExtensionBuilder builder) {
    builder
        .observer(Configuration.class)
        .observer(SharedDeployment.class)
        .service(ResourceProvider.class, ServerProvider.class);
  }

  /** Makes the server before Arquillian looks for it. */
  public static final class Configuration {
    void configure(@Observes BeforeSetup event) throws Exception {
      Platform.current().configure(System.getProperty("it.server"), Platform.port(0));
    }
  }

  /** Gives every test its {@link Server}, once that takes what is published. */
  public static final class ServerProvider extends URLResourceProvider {
    @Override
    public boolean canProvide(Class<?> type) {
      return type == Server.class;
    }

    @Override
    public Object lookup(ArquillianResource resource, Annotation... qualifiers) {
      Server server = Server.of((URL) super.lookup(resource, qualifiers));
      try {
        TestJournal.current().awaitOpen(server);
      } catch (Exception e) {
        throw new IllegalStateException("the journal of " + server + " does not open", e);
      }
      return server;
    }
  }
}
