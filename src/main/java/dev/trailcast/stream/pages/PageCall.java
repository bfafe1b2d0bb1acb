package dev.trailcast.stream.pages;

import dev.trailcast.activity.View;
import dev.trailcast.http.JournalExceptionMapper;
import dev.trailcast.http.Problem;
import dev.trailcast.http.UnexpectedExceptionMapper;
import dev.trailcast.journal.JournalException;
import dev.trailcast.security.Caller;
import dev.trailcast.stream.delivery.Asked;
import dev.trailcast.stream.delivery.Readers;
import dev.trailcast.stream.delivery.Seat;
import dev.trailcast.stream.search.Search;
import dev.trailcast.stream.search.Searches;
import dev.trailcast.stream.trail.Place;
import dev.trailcast.stream.wire.CloseReason;
import dev.trailcast.stream.wire.Connection;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;

/**
 * One request for a page, until it is answered. The page is looked for by other threads; if there
 * is nothing in it yet the request may wait, and then it is looked for again.
 *
 * <p>For one thread at a time, the request's own first.
 */
final class PageCall implements Searches.Asker<ActivityPage>, LongPoll.Request {
  private static final System.Logger LOG = System.getLogger(PageCall.class.getName());

  private static final Problem ENDED =
      Problem.of(Response.Status.FORBIDDEN, "An administrator has ended this request.");

  // fixed at birth
  private final PageRequest asked;
  private final PageReader reader;
  private final View view;
  private final String known;
  private final Caller caller;
  private final Connection connection;
  private final AsyncResponse suspended;
  private final AsyncContext async;
  private final Readers readers;
  private final LongPolls polls;

  private Place place; // where a page in journal order begins; null until it is known
  private PageAnswer nothing; // what is answered if there is still nothing to tell

  /**
   * @param known the header {@code If-None-Match}, or null
   * @param suspended the request's answer
   */
  PageCall(
      Caller caller,
      PageRequest asked,
      PageReader reader,
      String known,
      HttpServletRequest request,
      AsyncResponse suspended,
      Readers readers,
      LongPolls polls) {
    this.asked = asked;
    this.reader = reader;
    this.known = known;
    this.caller = caller;
    this.view = caller.view(asked.filter());
    this.connection = Connection.of(request);
    this.suspended = suspended;
    this.async = request.getAsyncContext();
    this.readers = readers;
    this.polls = polls;
  }

  /**
   * Looks for the page.
   *
   * @throws dev.trailcast.stream.delivery.RefusedException if too much else is looked for
   */
  void begin() {
    async.setTimeout(0); // it has times of its own
    if (!searches().begin(search(), connection, this)) {
      throw readers.refusal(CloseReason.BUSY);
    }
  }

  private Searches searches() {
    return readers.trail().searches();
  }

  private Search<ActivityPage> search() {
    return reader.page(asked, view, found -> place = found);
  }

  @Override
  public boolean waits() {
    return true;
  }

  @Override
  public void receive(ActivityPage page) {
    if (page.gap() != null) {
      readers.deliveries().gaps().increment(page.gap().reason());
    }
    PageAnswer answer = PageAnswer.of(page, view, known);
    if (asked.hold().isZero() || answer.isNews() || !page.isLast()) {
      suspended.resume(answer.toResponse());
      return;
    }
    nothing = answer;
    try (Seat seat = readers.enter(caller, new Asked(Asked.Door.PAGES, asked.filter()))) {
      polls.await(view, lookedUpTo(page), this, asked.hold(), seat);
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  /** Only one in journal order is waited for. */
  private static long lookedUpTo(ActivityPage page) {
    return ((ActivityPage.Forward) page).upTo().offset();
  }

  @Override
  public void fail(Throwable problem) {
    suspended.resume(problem);
  }

  @Override
  public void look(LongPoll poll) {
    searches()
        .beginSeated(reader.after(place, view, asked.limit()), connection, new SecondLook(poll));
  }

  /** What becomes of it when it has waited. */
  private final class SecondLook implements Searches.Asker<ActivityPage> {
    private final LongPoll poll;

    SecondLook(LongPoll poll) {
      this.poll = poll;
    }

    @Override
    public boolean waits() {
      return !poll.isOver();
    }

    @Override
    public void receive(ActivityPage page) {
      PageAnswer answer = PageAnswer.of(page, view, known);
      if (!poll.isOver() && !answer.isNews() && page.isLast()) {
        nothing = answer;
        poll.await(lookedUpTo(page));
      } else {
        answer(answer::writeTo);
      }
    }

    @Override
    public void fail(Throwable problem) {
      Problem told =
          problem instanceof JournalException unavailable
              ? JournalExceptionMapper.problem(unavailable)
              : UnexpectedExceptionMapper.problem(problem);
      answer(told::writeTo);
    }

    private void answer(Writing writing) {
      try {
        write(writing);
      } finally { // nobody would try again
        poll.answered();
      }
    }
  }

  @Override
  public void answerNothing() {
    write(nothing::writeTo);
  }

  @Override
  public void answerEnded() {
    write(ENDED::writeTo);
  }

  /** Something that is written to a response. */
  private interface Writing {
    void to(HttpServletResponse response) throws IOException;
  }

  /**
   * Answers who has waited by the servlet's response, which is for any thread: where the
   * application ends, JAX-RS has ended before it on Payara.
   */
  private void write(Writing writing) {
    try {
      writing.to((HttpServletResponse) async.getResponse());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "Who waited for a page has gone", e);
    }
    try {
      async.complete();
    } catch (RuntimeException e) { // those who wait behind it are to be answered all the same
      LOG.log(System.Logger.Level.DEBUG, "The server had ended the request itself", e);
    }
  }
}
