package dev.trailcast.it;

import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.deployment.Deployment;
import org.jboss.arquillian.container.spi.client.deployment.DeploymentDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.context.annotation.DeploymentScoped;
import org.jboss.arquillian.container.spi.event.DeployDeployment;
import org.jboss.arquillian.container.spi.event.UnDeployDeployment;
import org.jboss.arquillian.container.spi.event.container.BeforeStop;
import org.jboss.arquillian.core.api.InstanceProducer;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.EventContext;
import org.jboss.shrinkwrap.api.Archive;

/**
 * Leaves {@link TestArchive#shared()} where it is when a class of tests ends, for the next that
 * deploys it, until another archive is deployed or the server stops.
 *
 * <p>On Payara Micro each deployment is a server of its own, which its adapter tells to end and
 * does not wait for: another that finds its port taken never comes up.
 */
public final class SharedDeployment {
  /** Of those that are told, so that the deployment's scope is there. */
  private static final int LAST = -1;

  @Inject @DeploymentScoped private InstanceProducer<Deployment> deployment;
  @Inject @DeploymentScoped private InstanceProducer<DeploymentDescription> description;
  @Inject @DeploymentScoped private InstanceProducer<ProtocolMetaData> address;

  /** Where it is; null where it is not deployed. */
  private ProtocolMetaData sharedAddress;

  /** What has been started for what is deployed: on Payara Micro a server, elsewhere nothing. */
  private Set<ProcessHandle> started = Set.of();

  void deploy(@Observes(precedence = LAST) EventContext<DeployDeployment> context)
      throws DeploymentException {
    DeployDeployment event = context.getEvent();
    boolean isShared = isShared(event.getDeployment());
    if (isShared && sharedAddress != null) { // as the event itself would say where it is
      deployment.set(event.getDeployment());
      description.set(event.getDeployment().getDescription());
      address.set(sharedAddress);
      return;
    }
    undeploy(event.getDeployableContainer());
    Set<ProcessHandle> before = children();
    HangWatch watch = new HangWatch();
    boolean isDeployed = false;
    try {
      context.proceed();
      isDeployed = true;
    } finally {
      watch.stop();
      started = children();
      started.removeAll(before);
      if (!isDeployed) { // and so nobody will undeploy it
        Processes.kill(started);
      }
    }
    if (isShared) {
      sharedAddress = address.get();
    }
  }

  private static Set<ProcessHandle> children() {
    return ProcessHandle.current().children().collect(Collectors.toSet());
  }

  void undeploy(@Observes(precedence = LAST) EventContext<UnDeployDeployment> context) {
    boolean isLeft = sharedAddress != null && isShared(context.getEvent().getDeployment());
    if (!isLeft) {
      context.proceed();
      Processes.awaitEnd(started);
    }
  }

  void stop(@Observes BeforeStop event) throws DeploymentException {
    undeploy(event.getDeployableContainer());
  }

  private void undeploy(DeployableContainer<?> container) throws DeploymentException {
    if (sharedAddress != null) {
      sharedAddress = null;
      container.undeploy(TestArchive.shared());
      Processes.awaitEnd(started);
    }
  }

  private static boolean isShared(Deployment deployment) {
    Archive<?> archive = deployment.getDescription().getArchive();
    return archive == TestArchive.shared();
  }
}
