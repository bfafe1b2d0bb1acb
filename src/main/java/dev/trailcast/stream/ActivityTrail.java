package dev.trailcast.stream;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.View;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.security.Caller;
import dev.trailcast.security.Callers;
import dev.trailcast.security.CurrentCaller;
import dev.trailcast.security.KeysUnavailableException;
import dev.trailcast.security.Right;
import dev.trailcast.stream.delivery.Readers;
import dev.trailcast.stream.follow.Followers;
import dev.trailcast.stream.follow.Following;
import dev.trailcast.stream.follow.Projection;
import dev.trailcast.stream.follow.Start;
import dev.trailcast.stream.pages.AwaitedPage;
import dev.trailcast.stream.pages.PageRequest;
import dev.trailcast.stream.trail.Horizon;
import dev.trailcast.stream.trail.Trail;
import dev.trailcast.stream.wire.Connection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import java.util.Optional;

/**
 * Where the trail is now, and what is kept of it, for application code to inject. Whoever asks for
 * the position first, then reads its own state, and follows from that position on misses nothing:
 * what was recorded in between comes by both ways.
 *
 * <p>Safe for use by many threads. For a position nothing is read from the disk.
 */
@ApplicationScoped
public class ActivityTrail {
  private final JournalReader journal;
  private final Readers readers;
  private final Callers callers;
  private final CurrentCaller current;
  private final Followers followers;

  /** The trail of this application. */
  @Inject
  public ActivityTrail(
      JournalReader journal,
      Readers readers,
      Callers callers,
      CurrentCaller current,
      Followers followers) {
    this.journal = journal;
    this.readers = readers;
    this.callers = callers;
    this.current = current;
    this.followers = followers;
  }

  /** For the container's proxy. */
  protected ActivityTrail() {
    this(null, null, null, null, null);
  }

  /**
   * The end of the journal: everything that has been acknowledged lies before it. It is for code of
   * the application's own, because it tells that something was recorded also of what nobody else
   * may see.
   *
   * @throws JournalUnavailableException if the journal was never open
   */
  public StreamPosition position() {
    return journal.extent().head();
  }

  /**
   * How far the trail has come for whoever has sent a request, to be handed to it: behind the
   * newest activity that it may see. To be asked on the request's own thread.
   *
   * @return empty if it may not follow, or says who it is by something that is not good
   * @throws JournalUnavailableException if the journal, or what tells who it is, can't be read now
   */
  public Optional<StreamPosition> position(HttpServletRequest request) {
    Trail trail = trail();
    try {
      Caller caller = callers.withRight(Right.SUBSCRIBE, request);
      return Optional.of(new Horizon(trail.tail(), caller.view(ActivityFilter.ALL)).now());
    } catch (WebApplicationException e) { // the host's answer is none of its business
      return Optional.empty();
    } catch (KeysUnavailableException e) {
      throw new JournalUnavailableException("It can't be found out now who asks", e);
    }
  }

  /**
   * A page of what is kept, as whoever has sent the request that is served on this thread may see
   * it: by its rights, and by the audience of what it would get. What is looked for counts among
   * what is looked for over HTTP, and has the same bounds. It waits, for some seconds at most.
   *
   * @throws IllegalStateException if no request is served on this thread, so that there is nobody
   *     to see it; {@link #unrestrictedPage} is for code that asks for itself
   * @throws WebApplicationException 401 or 403 if it may not follow
   * @throws JournalUnavailableException if the journal, or what tells who it is, can't be read now,
   *     or too much else is looked for
   */
  public TrailPage page(PageQuery query) {
    HttpServletRequest request = current.request();
    try {
      Caller caller = callers.withRight(Right.SUBSCRIBE, request);
      PageRequest asked = query.request();
      return page(asked, caller.view(asked.filter()), Connection.of(request));
    } catch (KeysUnavailableException e) {
      throw new JournalUnavailableException("It can't be found out now who asks", e);
    }
  }

  /**
   * The same with everything that is kept, <b>whoever it is for</b>: also what has an audience. It
   * is for code of the application's own, such as a timer, and asks for no right. What it returns
   * is not to be handed to a user as it is.
   *
   * @throws JournalUnavailableException if the journal can't be read now, or too much else is
   *     looked for
   */
  public TrailPage unrestrictedPage(PageQuery query) {
    PageRequest asked = query.request();
    return page(asked, View.unrestricted(asked.filter()), Connection.NONE);
  }

  /**
   * Has a bean follow, to build something of its own: everything that is asked for, <b>whoever it
   * is for</b>, in the order of the journal, at least once, on a thread of its own. Where it has
   * come to is kept in the journal's directory under its name, each second and at the end; the next
   * time it goes on there. It goes on until it is closed or the application ends.
   *
   * <p>An activity that the projection fails at is tried again, and in the end {@link
   * Following#parked parked}. May be called before the journal could be opened.
   *
   * @param name of this projection, among all of this journal: {@value
   *     dev.trailcast.journal.Bookmarks#NAME}
   * @param from where to begin if there was none of this name before
   * @throws IllegalArgumentException if the name is not so
   * @throws IllegalStateException if somebody follows under this name, or too many follow
   */
  public Following follow(String name, ActivityFilter filter, Start from, Projection projection) {
    return followers.follow(name, filter, from, projection);
  }

  private TrailPage page(PageRequest asked, View view, Connection connection) {
    return TrailPage.of(AwaitedPage.of(asked, view, journal, trail(), connection));
  }

  private Trail trail() {
    if (!readers.isOpen()) {
      throw new JournalUnavailableException("There is no trail to follow yet", null);
    }
    return readers.trail();
  }
}
