package dev.trailcast.stream.events;

import dev.trailcast.stream.delivery.Seat;
import dev.trailcast.stream.search.Searches;
import dev.trailcast.stream.trail.Place;
import java.util.function.Consumer;

/**
 * One request for a stream whose place is being looked for. It has its seat already; that is given
 * back if the stream does not begin.
 */
final class PlaceCall implements Searches.Asker<Place> {
  /** Begins a stream. */
  interface Beginning {
    void at(Place place) throws Exception;
  }

  // fixed at birth
  private final Seat seat;
  private final Beginning beginning;
  private final Consumer<Throwable> refusal;

  private volatile boolean ended;

  /**
   * @param refusal tells why it does not begin
   */
  PlaceCall(Seat seat, Beginning beginning, Consumer<Throwable> refusal) {
    this.seat = seat;
    this.beginning = beginning;
    this.refusal = refusal;
    seat.occupy(reason -> ended = true);
  }

  @Override
  public boolean waits() {
    return !ended;
  }

  @Override
  public void receive(Place found) {
    try {
      beginning.at(found);
    } catch (Exception e) { // it has not begun
      fail(e);
    }
  }

  @Override
  public void fail(Throwable problem) {
    seat.leave();
    refusal.accept(problem);
  }
}
