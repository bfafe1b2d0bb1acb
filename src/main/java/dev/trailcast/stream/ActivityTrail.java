package dev.trailcast.stream;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.security.Caller;
import dev.trailcast.security.Callers;
import dev.trailcast.security.KeysUnavailableException;
import dev.trailcast.security.Right;
import dev.trailcast.stream.delivery.Readers;
import dev.trailcast.stream.trail.Horizon;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import java.util.Optional;

/**
 * Where the trail is now, for application code to inject. Whoever asks for the position first, then
 * reads its own state, and follows from that position on misses nothing: what was recorded in
 * between comes by both ways.
 *
 * <p>Safe for use by many threads. Nothing is read from the disk.
 */
@ApplicationScoped
public class ActivityTrail {
  private final JournalReader journal;
  private final Readers readers;
  private final Callers callers;

  /** The trail of this application. */
  @Inject
  public ActivityTrail(JournalReader journal, Readers readers, Callers callers) {
    this.journal = journal;
    this.readers = readers;
    this.callers = callers;
  }

  /** For the container's proxy. */
  protected ActivityTrail() {
    this(null, null, null);
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
    if (!readers.isOpen()) {
      throw new JournalUnavailableException("There is no trail to follow yet", null);
    }
    try {
      Caller caller = callers.withRight(Right.SUBSCRIBE, request);
      return Optional.of(
          new Horizon(readers.trail().tail(), caller.view(ActivityFilter.ALL)).now());
    } catch (WebApplicationException e) { // the host's answer is none of its business
      return Optional.empty();
    } catch (KeysUnavailableException e) {
      throw new JournalUnavailableException("It can't be found out now who asks", e);
    }
  }
}
