package dev.trailcast.ingest.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.RawJson;
import dev.trailcast.activity.Rfc3339;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each row of the table in docs/segment.md. */
class TranslationTest {
  private static final Instant RECEIVED = Instant.parse("2026-11-26T12:00:00.123456Z");

  @Test
  void takesIdActorAndSourceFromMessageIdUserIdAndTheKey() {
    Activity activity =
        read("{'type':'track','event':'Signed Up','messageId':'m-1','userId':'alice'}");

    assertThat(activity.id()).isEqualTo("m-1");
    assertThat(activity.actor()).isEqualTo("alice");
    assertThat(activity.source()).isEqualTo("/web");
    assertThat(activity.audience()).isNull();
    assertThat(activity.extensions()).isEmpty();
  }

  @Test
  void leavesWhomItDoesNotKnowWithoutAnActor() {
    Activity activity =
        read("{'type':'track','event':'e','anonymousId':'a-1','userId':null,'messageId':''}");

    assertThat(activity.actor()).isNull();
    assertThat(activity.data()).hasToString(quoted("{'event':'e','anonymousId':'a-1'}"));
    assertThat(activity.id()).hasSize(36); // one of its own
    assertThat(read("{'type':'track','event':'e','userId':''}").actor()).isNull();
  }

  @Test
  void takesIdsThatAreNumbers() {
    Activity activity = read("{'type':'group','userId':42,'groupId':7,'messageId':1.0}");

    assertThat(activity.actor()).isEqualTo("42");
    assertThat(activity.subject()).isEqualTo("7");
    assertThat(activity.id()).isEqualTo("1.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Order Completed         | order.completed",
        "order.placed            | order.placed",
        "Signed Up!              | signed.up",
        "  Café – Größe  ajouté  | cafe.gro.e.ajoute",
        "cart:add_item/now       | cart:add_item/now",
        "_private                | private",
        "Experiment #7 (A/B)     | experiment.7.a/b",
        "購入                     | track",
        "!?                      | track"
      })
  void makesATypeOfATrackedEvent(String event, String type) {
    Activity activity = read("{'type':'track','event':'" + event + "'}");

    assertThat(activity.type()).isEqualTo(type);
    assertThat(activity.subject()).isNull();
    assertThat(activity.data()).hasToString("{\"event\":\"" + event + "\"}"); // as it was
  }

  @Test
  void cutsATypeThatIsTooLong() {
    assertThat(read("{'type':'track','event':'" + "x".repeat(127) + " yz'}").type())
        .isEqualTo("x".repeat(127));
    assertThat(read("{'type':'track','event':'" + "x".repeat(500) + "'}").type())
        .isEqualTo("x".repeat(128));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'identify','traits':{'plan':1.50}} | user.identified | | {'traits':{'plan':1.50}}",
        "{'type':'page','name':'Home'} | page.viewed | Home | {'name':'Home'}",
        "{'type':'page','properties':{'path':'/a'},'name':'A'} | page.viewed | /a | {'properties':{'path':'/a'},'name':'A'}",
        "{'type':'page','properties':{'path':null}} | page.viewed | | {'properties':{'path':null}}",
        "{'type':'page','properties':[1]} | page.viewed | | {'properties':[1]}",
        "{'type':'page'} | page.viewed | | ",
        "{'type':'screen','name':'Cart','category':'Shop'} | screen.viewed | Cart | {'name':'Cart','category':'Shop'}",
        "{'type':'group','groupId':'g','traits':{}} | group.joined | g | {'traits':{}}",
        "{'type':'alias','userId':'alice','previousId':'a-1'} | user.aliased | a-1 | "
      })
  void knowsEachCall(String json, String type, String subject, String data) {
    Activity activity = read(json);

    assertThat(activity.type()).isEqualTo(type);
    assertThat(activity.subject()).isEqualTo(subject);
    assertThat(activity.data()).isEqualTo(data == null ? null : RawJson.parse(quoted(data)));
  }

  @Test
  void hasAMessageSayWhatItIsAndElseThePath() {
    Translation onPath = translation(Call.named("p"), Optional.empty());

    assertThat(onPath.activity("{}").type()).isEqualTo("page.viewed");
    assertThat(onPath.activity(quoted("{'type':'identify'}")).type()).isEqualTo("user.identified");
  }

  @ParameterizedTest
  @CsvSource({
    "track, TRACK", "t, TRACK", "identify, IDENTIFY", "i, IDENTIFY", "page, PAGE", "p, PAGE",
    "screen, SCREEN", "s, SCREEN", "group, GROUP", "g, GROUP", "alias, ALIAS", "a, ALIAS",
    "batch,", "import,", "b,", "Track,", "'',"
  })
  void knowsACallByItsNameAndItsFirstLetter(String name, Call call) {
    assertThat(Call.named(name)).isEqualTo(Optional.ofNullable(call));
  }

  @Test
  void keepsWhatIsLeftAsDataWithoutWhatIsOfTheSending() {
    Activity activity =
        read(
            "{'context':{'ip':'10.0.0.1','n':1e2},'type':'track','sentAt':'x','event':'e',"
                + "'integrations':{'All':true},'_metadata':{'bundled':[]},'writeKey':'k',"
                + "'properties':{'b':[1.0, null],'a':'\\u00e9'},'receivedAt':1,'channel':'web'}");

    assertThat(activity.data())
        .hasToString(
            quoted(
                "{'context':{'ip':'10.0.0.1','n':1e2},'event':'e',"
                    + "'properties':{'b':[1.0,null],'a':'\\u00e9'},'channel':'web'}"));
  }

  @Test
  void tellsTheSameWhereItIsSentAgain() {
    String message =
        "{'type':'track','event':'e','messageId':'1','sentAt':'%s','_metadata':{'a':%s}}";

    assertThat(read(message.formatted("2026-11-26T12:00:00Z", 1)))
        .matches(read(message.formatted("2026-11-26T13:00:00Z", 2))::tellsTheSame);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // sent                 | timestamp                     | time
        "2026-11-26T11:00:00Z    | 2026-11-26T10:59:50.5Z        | 2026-11-26T11:59:50.623Z",
        "1970-01-01T00:01:00Z    | 1970-01-01T01:00:00+01:00     | 2026-11-26T11:59:00.123Z",
        "2026-11-26T11:00:00Z    | 2026-11-26T11:00:01Z          | 2026-11-26T12:00:00.123Z",
        "                        | 2026-11-26T10:59:50+02:00     | 2026-11-26T10:59:50+02:00",
        "2026-11-26T11:00:00Z    |                               | 2026-11-26T12:00:00.123Z"
      })
  void correctsTheTimeByTheSendersClock(String sent, String timestamp, String time) {
    Translation translation =
        translation(Optional.of(Call.PAGE), Optional.ofNullable(sent).flatMap(Rfc3339::parse));
    String stated = timestamp == null ? "null" : "'" + timestamp + "'";

    assertThat(Rfc3339.format(translation.activity(quoted("{'timestamp':" + stated + "}")).time()))
        .isEqualTo(time);
  }

  @Test
  void takesWhatAMessageItselfSaysOfTheSendersClockFirst() {
    Translation translation =
        translation(Optional.of(Call.PAGE), Rfc3339.parse("2026-11-26T10:00:00Z"));
    String json =
        quoted("{'originalTimestamp':'2026-11-26T10:00:00Z','sentAt':'2026-11-26T10:00:07Z'}");

    assertThat(translation.activity(json).time().toInstant()).isEqualTo("2026-11-26T11:59:53.123Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | the activity must be a JSON object",
        "{} | type must be track, identify, page, screen, group or alias",
        "{'type':'delete'} | type must be track, identify, page, screen, group or alias",
        "{'type':{}} | type must be a string",
        "{'type':'track'} | event is required: what was done",
        "{'type':'track','event':''} | event is required: what was done",
        "{'type':'track','event':['a']} | event must be a string",
        "{'type':'track','event':'Trailcast Erased','a':1,'a':2} | a is given twice",
        "{'type':'page','userId':true} | userId must be a string",
        "{'type':'page','userId':'a\\u0000'} | actor must not hold control characters, but does at character 2",
        "{'type':'page','messageId':'\\n'} | id must not hold control characters, but does at character 1",
        "{'type':'page','timestamp':'yesterday'} | timestamp must be a timestamp of RFC 3339, like 2026-01-31T12:00:00Z",
        "{'type':'page','timestamp':'0001-01-01T00:00:00Z','sentAt':'9999-01-01T00:00:00Z'} | time must be of a year between 0000 and 9999"
      })
  void refusesWhatTellsNothing(String json, String problem) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessage(problem);
  }

  private static Activity read(String json) {
    return translation(Optional.empty(), Optional.empty()).activity(quoted(json));
  }

  private static Translation translation(
      Optional<Call> call, Optional<java.time.OffsetDateTime> sent) {
    return new Translation("/web", call, RECEIVED, sent);
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }
}
