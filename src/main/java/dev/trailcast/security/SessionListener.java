package dev.trailcast.security;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.lang.System.Logger.Level;

/** Is told by the server when a session begins, ends, or is called otherwise. */
@WebListener
public class SessionListener implements HttpSessionListener, HttpSessionIdListener {
  private static final System.Logger LOG = System.getLogger(SessionListener.class.getName());

  @Inject private Sessions sessions;

  @Override
  public void sessionCreated(HttpSessionEvent event) {
    sessions.begin(event.getSession().getId());
  }

  @Override
  public void sessionDestroyed(HttpSessionEvent event) {
    try {
      sessions.end(event.getSession().getId());
    } catch (RuntimeException e) { // with the application, which ends all streams itself
      LOG.log(Level.DEBUG, "A session has ended when the application had", e);
    }
  }

  @Override
  public void sessionIdChanged(HttpSessionEvent event, String oldId) {
    sessions.rename(oldId, event.getSession().getId());
  }
}
