package dev.trailcast.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The sessions of the server's that somebody stays in, who is told when its own ends, or becomes
 * another user's. Where a log-in makes no session there is nothing to be told. Safe for use by many
 * threads.
 */
@ApplicationScoped
public class Sessions {
  /** Somebody who stays. */
  public interface Member {
    /** Its session has ended, or is another's now. Called once at most. */
    void sessionEnds();
  }

  /** One that somebody stays in. Guarded by the sessions. */
  private static final class Session {
    private final String user;
    private final Set<Member> members = new HashSet<>();
    private String id;

    Session(String id, String user) {
      this.id = id;
      this.user = user;
    }
  }

  // guarded by this
  private final Map<String, Session> byId = new HashMap<>();
  private final Map<Member, Session> byMember = new HashMap<>();

  /** The id of the session that a request belongs to; null if there is none. None is made. */
  static String id(HttpServletRequest request) {
    try {
      HttpSession session = request.getSession(false);
      return session == null ? null : session.getId();
    } catch (RuntimeException e) { // Open Liberty's where it is another user's, and so not its own
      return null;
    }
  }

  /**
   * Somebody stays in a session, until it {@link #leave leaves}.
   *
   * @param user as whom; null for nobody. Those who stay as somebody else are told: the session is
   *     theirs no longer
   */
  public void join(String id, String user, Member member) {
    Collection<Member> others = List.of();
    synchronized (this) {
      Session session = byId.get(id);
      if (session != null && !Objects.equals(session.user, user)) {
        others = remove(session);
        session = null;
      }
      if (session == null) {
        session = new Session(id, user);
        byId.put(id, session);
      }
      session.members.add(member);
      byMember.put(member, session);
    }
    others.forEach(Member::sessionEnds);
  }

  /** It stays no longer, if it did. */
  public synchronized void leave(Member member) {
    Session session = byMember.remove(member);
    if (session != null && session.members.remove(member) && session.members.isEmpty()) {
      byId.remove(session.id);
    }
  }

  /** Tells those who stay in it. */
  void end(String id) {
    Collection<Member> members;
    synchronized (this) {
      Session session = byId.get(id);
      members = session == null ? List.of() : remove(session);
    }
    members.forEach(Member::sessionEnds);
  }

  /** It is called otherwise from now on, as servers do when somebody logs in. */
  synchronized void rename(String oldId, String newId) {
    Session session = byId.remove(oldId);
    if (session != null) {
      session.id = newId;
      byId.put(newId, session);
    }
  }

  private Collection<Member> remove(Session session) {
    byId.remove(session.id);
    session.members.forEach(byMember::remove);
    return session.members;
  }
}
