package dev.trailcast.ingest.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.ingest.outbox.OutboxRow.Place;
import dev.trailcast.ingest.outbox.OutboxTable.Backlog;
import dev.trailcast.ingest.outbox.OutboxTable.Page;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxTableTest {
  private static final String FIRST = "01980000-0000-7000-8000-000000000001";
  private static final String SECOND = "01980000-0000-7000-8000-000000000002";

  private final BusinessDatabase database = BusinessDatabase.inMemory();
  private final OutboxTable table = new OutboxTable(database, "shop");

  OutboxTableTest() throws SQLException {}

  @BeforeEach
  void create() throws SQLException {
    table.create();
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  @Test
  void isMadeOnlyWhereThereIsNone() throws SQLException {
    insert(table, FIRST, 0, activities(1));
    table.create();

    assertThat(table.backlog().rows()).isOne();
  }

  @Test
  void saysWhatIsThereAndSinceWhen() throws SQLException {
    assertThat(table.backlog()).isEqualTo(new Backlog(0, null));
    insert(table, SECOND, 0, activities(2));
    insert(table, FIRST, 0, activities(1));

    assertThat(table.backlog()).isEqualTo(new Backlog(3, FIRST));
  }

  @Test
  void givesRowsOfATransactionInTheirOrderAndAsTheyWere() throws SQLException {
    List<EncodedActivity> activities = activities(12);
    insert(table, SECOND, 0, activities(1));
    insert(table, FIRST, 0, activities.subList(0, 7));
    insert(table, FIRST, 7, activities.subList(7, 12));

    Page page = table.read(Place.START, 12, Long.MAX_VALUE);

    assertThat(page.rows()).extracting(row -> row.place().batch()).containsOnly(FIRST);
    assertThat(page.rows())
        .extracting(OutboxRow::activity)
        .containsExactlyElementsOf(activities.stream().map(EncodedActivity::json).toList());
    assertThat(page.isLast()).isFalse();
  }

  @Test
  void goesOnBehindAPlace() throws SQLException {
    insert(table, FIRST, 0, activities(3));
    insert(table, SECOND, 0, activities(1));

    Page page = table.read(new Place(FIRST, 1), 10, Long.MAX_VALUE);

    assertThat(page.rows())
        .extracting(OutboxRow::place)
        .containsExactly(new Place(FIRST, 2), new Place(SECOND, 0));
    assertThat(page.isLast()).isTrue();
  }

  @Test
  void givesNoMoreOnceTheyAreSoLarge() throws SQLException {
    List<EncodedActivity> activities = activities(5);
    insert(table, FIRST, 0, activities);
    int large = activities.get(0).json().length;

    Page page = table.read(Place.START, 10, large + 1);

    assertThat(page.rows()).hasSize(2);
    assertThat(page.isLast()).isFalse();
  }

  @Test
  void deletesTransactionsAndSingleRows() throws SQLException {
    insert(table, FIRST, 0, activities(3));
    insert(table, SECOND, 0, activities(3));
    table.deleteBatches(List.of(FIRST));
    List<OutboxRow> left = table.read(Place.START, 10, Long.MAX_VALUE).rows();
    table.delete(left.subList(0, 2));

    assertThat(table.read(Place.START, 10, Long.MAX_VALUE).rows())
        .extracting(OutboxRow::place)
        .containsExactly(new Place(SECOND, 2));
  }

  @Test
  void deletesWhatAnActorDidAndNothingElse() throws SQLException {
    insert(table, FIRST, 0, List.of(by("alice"), by("Alice"), by("alice "), by(null), by("alice")));

    assertThat(table.deleteActor("alice")).isEqualTo(2);
    assertThat(table.backlog().rows()).isEqualTo(3);
  }

  @Test
  void takesActorsOfAnyLength() throws SQLException {
    String long_ = "é".repeat(30_000);
    insert(table, FIRST, 0, List.of(by(long_)));

    assertThat(table.deleteActor(long_)).isOne();
  }

  @Test
  void leavesTheRowsOfOtherApplicationsAlone() throws SQLException {
    OutboxTable others = new OutboxTable(database, "crm");
    insert(table, FIRST, 0, activities(1));
    insert(others, FIRST, 0, List.of(by("alice")));
    table.deleteBatches(List.of(FIRST));
    table.deleteActor("alice");

    assertThat(table.backlog().rows()).isZero();
    assertThat(table.read(Place.START, 10, Long.MAX_VALUE).rows()).isEmpty();
    assertThat(others.backlog().rows()).isOne();
  }

  @Test
  void goesWithTheTransactionThatItIsIn() throws Exception {
    Place place = new Place(FIRST, 0);
    database.rollBack(connection -> table.insert(place, by("alice")));
    assertThat(table.backlog().rows()).isZero();

    database.commit(connection -> table.insert(place, by("alice")));
    assertThat(table.backlog().rows()).isOne();
  }

  @Test
  void givesConnectionsBackAsTheyWere() throws Exception {
    try (Connection pooled = database.getConnection();
        Statement business = pooled.createStatement()) {
      business.setQueryTimeout(77);
      database.withPoolOf(pooled, connection -> table.backlog());
      database.execute("DROP TABLE trailcast_outbox");
      assertThatThrownBy(() -> database.withPoolOf(pooled, connection -> table.backlog()))
          .isInstanceOf(SQLException.class);

      assertThat(business.getQueryTimeout()).isEqualTo(77);
      assertThat(pooled.getAutoCommit()).isTrue();
    }
  }

  /** As rows that follow each other from {@code number} on. */
  private static void insert(
      OutboxTable table, String batch, int number, List<EncodedActivity> activities)
      throws SQLException {
    int next = number;
    for (EncodedActivity each : activities) {
      table.insert(new Place(batch, next++), each);
    }
  }

  private static List<EncodedActivity> activities(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> EncodedActivity.of(Activity.of("bob", "page.viewed", "ä" + i % 10)))
        .toList();
  }

  private static EncodedActivity by(String actor) {
    return EncodedActivity.of(Activity.of(actor, "page.viewed"));
  }
}
