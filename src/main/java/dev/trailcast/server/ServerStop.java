package dev.trailcast.server;

import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerDelegate;
import javax.management.MBeanServerNotification;
import javax.management.MalformedObjectNameException;
import javax.management.Notification;
import javax.management.NotificationListener;
import javax.management.ObjectName;

/**
 * Notices that Open Liberty is about to stop. There the port is closed first, streams run on for 30
 * seconds, are cut, and only then is the application told; but the server takes the management bean
 * of the port away at once, on the thread that stops it, and so waits for whoever listens to that.
 * It also does so when only the port's configuration changes, and then gives it back. On other
 * servers there is no such bean, and nothing happens.
 */
public final class ServerStop implements NotificationListener {
  private static final System.Logger LOG = System.getLogger(ServerStop.class.getName());
  private static final String PORT = "WebSphere:feature=channelfw,type=endpoint,*";

  private final ObjectName port;
  private final MBeanServer beans;
  private final Runnable closes;
  private final Runnable opens;

  /**
   * Listens from now on.
   *
   * @param closes may take its time: the server waits
   * @param opens the port is there again
   */
  public ServerStop(Runnable closes, Runnable opens) {
    this(ManagementFactory.getPlatformMBeanServer(), closes, opens);
  }

  public ServerStop(MBeanServer beans, Runnable closes, Runnable opens) {
    this.beans = beans;
    this.closes = closes;
    this.opens = opens;
    try {
      port = new ObjectName(PORT);
      beans.addNotificationListener(MBeanServerDelegate.DELEGATE_NAME, this, null, null);
    } catch (MalformedObjectNameException e) {
      throw new IllegalStateException(e);
    } catch (JMException e) {
      throw new IllegalStateException("Every server of management beans has a delegate", e);
    }
  }

  @Override
  public void handleNotification(Notification notification, Object handback) {
    if (notification instanceof MBeanServerNotification change
        && port.apply(change.getMBeanName())) {
      boolean gone = change.getType().equals(MBeanServerNotification.UNREGISTRATION_NOTIFICATION);
      Set<ObjectName> left = beans.queryNames(port, null);
      if (gone && left.isEmpty()) {
        closes.run();
      } else if (!gone) {
        opens.run();
      }
    }
  }

  /** Listens no more. */
  public void forget() {
    try {
      beans.removeNotificationListener(MBeanServerDelegate.DELEGATE_NAME, this);
    } catch (JMException e) {
      LOG.log(System.Logger.Level.DEBUG, "It was forgotten before", e);
    }
  }
}
