package dev.trailcast.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The sessions of the server's that somebody stays in, who is told when its own ends, or becomes
 * another user's. Where a log-in makes no session there is nothing to be told. Safe for use by many
 * threads.
 *
 * <p>Between the moment when it is found out who asks and that when it joins, a session may end,
 * too. So those that ended last are kept in mind. (To ask the session itself would not do: the
 * server tells of its end before it is over.)
 */
@ApplicationScoped
public class Sessions {
  /** From being known to joining it takes milliseconds, or a search of seconds. */
  static final int MOST_ENDED = 10_000;

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
  private final Set<String> ended = Collections.newSetFromMap(new Newest());

  /** The ids that came last. */
  private static final class Newest extends LinkedHashMap<String, Boolean> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > MOST_ENDED;
    }
  }

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
   * Somebody stays in a session, until it {@link #leave leaves}. If that has ended, it is told at
   * once.
   *
   * @param user as whom; null for nobody. Those who stay as somebody else are told: the session is
   *     theirs no longer
   */
  public void join(String id, String user, Member member) {
    told(id, user, member).forEach(Member::sessionEnds);
  }

  /** Who is to be told because somebody joins: those whose session it is not. */
  private synchronized Collection<Member> told(String id, String user, Member member) {
    if (ended.contains(id)) {
      return List.of(member);
    }
    Collection<Member> others = List.of();
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
    return others;
  }

  /** It stays no longer, if it did. */
  public synchronized void leave(Member member) {
    Session session = byMember.remove(member);
    if (session != null && session.members.remove(member) && session.members.isEmpty()) {
      byId.remove(session.id);
    }
  }

  /**
   * One begins, perhaps with the id of one that has ended: on Open Liberty applications share ids.
   */
  synchronized void begin(String id) {
    ended.remove(id);
  }

  /** Tells those who stay in it. */
  void end(String id) {
    Collection<Member> members;
    synchronized (this) {
      ended.add(id);
      Session session = byId.get(id);
      members = session == null ? List.of() : remove(session);
    }
    members.forEach(Member::sessionEnds);
  }

  /**
   * It is called otherwise from now on, as servers do when somebody logs in. Whoever joins it yet
   * by the old id would not hear of its end, and so hears of that at once.
   */
  synchronized void rename(String oldId, String newId) {
    ended.add(oldId);
    ended.remove(newId);
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
