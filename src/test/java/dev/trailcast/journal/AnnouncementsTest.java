package dev.trailcast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.LogRecorder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {
  private static final StreamPosition HERE = new StreamPosition("k3f9", 7);
  private static final JournalPage PAGE = new JournalPage(HERE, List.of(), HERE.at(8));

  private final Announcements announcements = new Announcements();
  private final List<JournalPage> told = new ArrayList<>();

  @Test
  void tellEverybodyWhateverTheOthersDo() {
    announcements.onAppended(told::add);
    announcements.onAppended(
        page -> {
          throw new NoClassDefFoundError("on purpose");
        });
    announcements.onAppended(told::add);

    LogRecorder log = new LogRecorder(Announcements.class);
    try {
      announcements.announce(PAGE);

      assertThat(told).containsExactly(PAGE, PAGE);
      assertThat(log.messages()).hasSize(1);
    } finally {
      log.close();
    }
  }
}
