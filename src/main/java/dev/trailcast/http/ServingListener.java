package dev.trailcast.http;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * Is told where the application is reached: servers look for this in the WEB-INF/lib of a WAR, and
 * nowhere else. (What CDI tells at the beginning of an application says it on Open Liberty alone.)
 */
@WebListener
public class ServingListener implements ServletContextListener {
  @Inject private HostedApplication application;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    application.serve(event.getServletContext().getContextPath());
  }
}
