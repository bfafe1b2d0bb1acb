package dev.trailcast.stream.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.Reader;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Promise 3: a reader that comes back misses nothing and gets nothing twice. */
@ExtendWith(ArquillianExtension.class)
class ResumeIT {
  private static final int CUTS = 100;
  private static final int A_SECOND = 1_000;

  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.with("trailcast.stream.tail.entries", "2000"); // some go back to the journal
  }

  @Test
  void survivesAHundredCutsAtAThousandEventsASecond() throws Exception {
    AtomicBoolean cutting = new AtomicBoolean(true);
    ExecutorService publisher = Executors.newSingleThreadExecutor();
    try (Reader all = new Reader(server, "api/events?source=/cuts");
        Reader seldom = new Reader(server, "api/events?source=/cuts&subject=100*")) {
      Future<Integer> published = publisher.submit(() -> publish(cutting));
      for (int cut = 1; cut <= CUTS; cut++) {
        int atLeast = cut * 20;
        all.await("more", client -> client.activities().size() >= atLeast);
        all.cut();
        if (cut % 10 == 0) {
          seldom.cut();
          seldom.connect();
        }
        all.connect();
      }
      cutting.set(false);
      int count = published.get(60, TimeUnit.SECONDS);

      all.await("the last", client -> client.activities().size() >= count);
      assertThat(EventsIT.subjects(all))
          .isEqualTo(IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList());
      assertThat(all.<Integer>seen(client -> client.controls("trailcast.gap").size())).isZero();
      String head =
          server.record("{\"source\":\"/cuts\",\"type\":\"counted\",\"subject\":\"100\"}");
      seldom.await("the head", client -> client.lastEventId().equals(head));
      List<String> expected =
          new ArrayList<>(
              IntStream.rangeClosed(1, count)
                  .mapToObj(Integer::toString)
                  .filter(subject -> subject.startsWith("100"))
                  .toList());
      expected.add("100");
      assertThat(EventsIT.subjects(seldom)).isEqualTo(expected);
    } finally {
      cutting.set(false);
      publisher.shutdown();
    }
  }

  /** Publishes at the rate, in order; returns how many there were. */
  private int publish(AtomicBoolean goOn) throws Exception {
    long begin = System.nanoTime();
    int published = 0;
    while (goOn.get()) {
      long due = (System.nanoTime() - begin) / (TimeUnit.SECONDS.toNanos(1) / A_SECOND);
      int count = (int) Math.min(due - published, 200);
      if (count > 0) {
        server.recordAll(EventsIT.numbered("/cuts", published + 1, count));
        published += count;
      }
    }
    return published;
  }
}
