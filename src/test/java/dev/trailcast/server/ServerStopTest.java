package dev.trailcast.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class ServerStopTest {
  private static final String PORT = "WebSphere:feature=channelfw,type=endpoint,name=";

  private final MBeanServer beans = MBeanServerFactory.newMBeanServer();
  private final List<String> heard = new ArrayList<>();

  public interface AnyMBean {}

  public static final class Any implements AnyMBean {}

  @Test
  void tellsWhenTheLastPortGoesAndWhenOneComesBack() throws Exception {
    register(PORT + "http");
    register(PORT + "https");
    ServerStop stop = listen();

    unregister(PORT + "https");
    assertThat(heard).isEmpty();
    unregister(PORT + "http");
    assertThat(heard).containsExactly("closes");
    register(PORT + "http");
    assertThat(heard).containsExactly("closes", "opens");

    stop.forget();
    unregister(PORT + "http");
    assertThat(heard).hasSize(2);
  }

  @Test
  void doesNotMindOtherBeans() throws Exception {
    listen();

    register("WebSphere:feature=other,name=x");
    unregister("WebSphere:feature=other,name=x");

    assertThat(heard).isEmpty();
  }

  private ServerStop listen() {
    return new ServerStop(beans, () -> heard.add("closes"), () -> heard.add("opens"));
  }

  private void register(String name) throws Exception {
    beans.registerMBean(new Any(), new ObjectName(name));
  }

  private void unregister(String name) throws Exception {
    beans.unregisterMBean(new ObjectName(name));
  }
}
