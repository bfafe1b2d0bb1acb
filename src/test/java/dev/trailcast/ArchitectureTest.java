package dev.trailcast;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import dev.trailcast.journal.Journal;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.kafka.ContentMode;
import dev.trailcast.journal.kafka.KafkaSettings;
import dev.trailcast.journal.store.Retention;
import dev.trailcast.journal.writer.JournalSettings;
import dev.trailcast.stream.ActivityTrail;
import dev.trailcast.stream.follow.Following;
import dev.trailcast.stream.pump.PumpCount;
import dev.trailcast.stream.search.SearchLimits;
import dev.trailcast.stream.trail.TailSize;
import dev.trailcast.stream.wire.CloseReason;
import jakarta.annotation.Resource;
import java.util.List;
import java.util.Set;

/** The rooms, and which of them each may know: what the package-info files draw. */
@AnalyzeClasses(packages = "dev.trailcast", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String INGEST = "dev.trailcast.ingest..";
  private static final String[] JOURNALS = {
    "dev.trailcast.journal.queue",
    "dev.trailcast.journal.store..",
    "dev.trailcast.journal.writer",
    "dev.trailcast.journal.embedded",
    "dev.trailcast.journal.kafka"
  };
  private static final String STREAM = "dev.trailcast.stream..";
  private static final String METRICS = "dev.trailcast.metrics..";
  private static final String TELEMETRY = "dev.trailcast.telemetry..";
  private static final String CONFIG = "dev.trailcast.config..";

  /** Each room, and those it may know. */
  private static final String ROOMS =
      """
      activity          :
      container         :
      settings          :
      measure           :
      journal           : measure activity container settings
      journal.queue     : activity journal
      journal.store.hash :
      journal.store.sketch : activity journal.store.hash
      journal.store.identity : activity journal.store.hash
      journal.store     : measure activity settings journal journal.store.identity \
                          journal.store.sketch
      journal.writer    : activity settings journal journal.store
      journal.embedded  : activity container settings journal journal.queue journal.store \
                          journal.writer
      journal.kafka     : activity container settings journal journal.queue journal.store \
                          journal.writer
      journal.chosen    : container journal journal.embedded journal.kafka journal.writer
      http              : activity container journal
      http.gate         : settings http
      security          : activity settings http
      server            : http
      ingest.cloudevents: activity
      ingest            : measure activity settings journal http security ingest.cloudevents
      ingest.outbox     : activity container settings journal security ingest
      ingest.segment    : activity http journal security ingest
      ingest.notifications : activity http ingest
      stream.wire       : activity journal
      stream.pump       : container settings stream.wire
      stream.search     : container settings journal stream.wire
      stream.trail      : activity container settings journal stream.wire stream.search
      stream.delivery   : measure activity container settings journal http security server \
                          stream.wire stream.pump stream.search stream.trail
      stream.events     : activity journal http security \
                          stream.wire stream.search stream.trail stream.delivery
      stream.pages      : measure activity container journal http security \
                          stream.wire stream.search stream.trail stream.delivery
      stream.statistics : activity container journal http security \
                          stream.wire stream.trail stream.delivery
      stream.follow     : activity container settings journal
      stream            : activity journal security \
                          stream.wire stream.trail stream.delivery stream.pages stream.follow
      admin             : activity container journal http security ingest ingest.outbox stream.delivery
      canary            : activity container settings journal stream.delivery
      health            : container settings http journal ingest.outbox stream.delivery stream.follow \
                          canary
      metrics           : container measure journal ingest ingest.outbox stream.wire stream.delivery stream.pages \
                          stream.follow canary
      metrics.microprofile : container measure http metrics
      telemetry         : activity container measure http ingest metrics
      config            : activity container settings journal journal.store journal.writer journal.kafka \
                          http http.gate security ingest ingest.outbox \
                          stream.pump stream.search stream.trail stream.delivery stream.follow \
                          canary health
      """;

  @ArchTest static final ArchRule eachRoomKnowsOnlyThoseBelowIt = house();

  private static ArchRule house() {
    LayeredArchitecture house =
        layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.trailcast..")
            .ensureAllClassesAreContainedInArchitecture()
            .layer("the application")
            .definedBy("dev.trailcast");
    List<String[]> rooms = ROOMS.lines().map(line -> line.split(" *: *", 2)).toList();
    for (String[] room : rooms) {
      house = house.layer(room[0]).definedBy("dev.trailcast." + room[0]);
    }
    for (String[] room : rooms) {
      LayeredArchitecture.LayerDependencySpecification each = house.whereLayer(room[0]);
      house =
          room[1].isEmpty()
              ? each.mayNotAccessAnyLayer()
              : each.mayOnlyAccessLayers(room[1].split(" +"));
    }
    return house;
  }

  @ArchTest
  static final ArchRule whoBringsActivitiesDoesNotReadThem =
      noClasses()
          .that()
          .resideInAPackage(INGEST)
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(JournalReader.class);

  @ArchTest
  static final ArchRule whoReadsActivitiesBringsNone =
      noClasses()
          .that()
          .resideInAPackage(STREAM)
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Journal.class);

  @ArchTest
  static final ArchRule configKnowsOfAJournalOnlyItsSettings =
      noClasses()
          .that()
          .resideInAPackage(CONFIG)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(JOURNALS)
                  .and(
                      not(
                          belongToAnyOf(
                              JournalSettings.class,
                              KafkaSettings.class,
                              ContentMode.class,
                              Retention.class))));

  @ArchTest
  static final ArchRule whatServesReadersIsNobodyElsesBusiness =
      noClasses()
          .that()
          .resideOutsideOfPackage(STREAM)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "dev.trailcast.stream.wire",
                      "dev.trailcast.stream.pump",
                      "dev.trailcast.stream.search",
                      "dev.trailcast.stream.trail")
                  .and(
                      not(
                          belongToAnyOf(
                              CloseReason.class,
                              PumpCount.class,
                              SearchLimits.class,
                              TailSize.class))));

  @ArchTest
  static final ArchRule nobodySeesWhatIsForOthersButTheApplicationsOwnCode =
      noClasses()
          .that()
          .doNotBelongToAnyOf(Viewer.class, View.class, ActivityTrail.class, Following.class)
          .should()
          .callMethod(View.class, "unrestricted", ActivityFilter.class)
          .orShould()
          .accessField(Viewer.class, "UNRESTRICTED")
          .orShould()
          .callConstructor(Viewer.class, String.class, Set.class, boolean.class);

  /** Open Liberty has it go by the time of day, which may leap; a fixed delay does not. */
  @ArchTest
  static final ArchRule nothingIsDoneAtAFixedRate =
      noClasses().should().callMethodWhere(target(name("scheduleAtFixedRate")));

  @ArchTest
  static final ArchRule metricsOnlyLookAndNobodyDependsOnThem =
      noClasses()
          .that()
          .resideOutsideOfPackages(METRICS, TELEMETRY)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(METRICS, TELEMETRY);

  /** What a server need not have is known to what is left out there. */
  @ArchTest
  static final ArchRule metricsAreNeedless =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.trailcast.metrics.microprofile..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.microprofile.metrics..");

  @ArchTest
  static final ArchRule openTelemetryIsNeedless =
      noClasses()
          .that()
          .resideOutsideOfPackage(TELEMETRY)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.opentelemetry..");

  @ArchTest
  static final ArchRule healthIsAnsweredFromMemory =
      noClasses()
          .that()
          .resideInAnyPackage("dev.trailcast.health", "dev.trailcast.canary")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.sql..", "javax.sql..");

  @ArchTest
  static final ArchRule configAloneReadsMicroProfileConfig =
      noClasses()
          .that()
          .resideOutsideOfPackage(CONFIG)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.microprofile.config..");

  @ArchTest
  static final ArchRule noServersOwnClassIsUsed =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.ibm..",
              "io.openliberty..",
              "org.jboss..",
              "fish.payara..",
              "com.sun..",
              "org.glassfish..",
              "org.eclipse.parsson..",
              "org.eclipse.yasson..");

  /** {@code @Resource} binds a name in {@code java:comp/env}, which a library may not have. */
  @ArchTest
  static final ArchRule nothingIsInjectedByANameThatALibraryMayNotHave =
      noFields().should().beAnnotatedWith(Resource.class);

  @ArchTest
  static final ArchRule nothingGoesRoundInCircles =
      slices().matching("dev.trailcast.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule aNameSaysWhatSomethingIs =
      classes()
          .should()
          .haveSimpleNameNotEndingWith("Util")
          .andShould()
          .haveSimpleNameNotEndingWith("Utils")
          .andShould()
          .haveSimpleNameNotEndingWith("Helper")
          .andShould()
          .haveSimpleNameNotEndingWith("Manager")
          .andShould()
          .haveSimpleNameNotEndingWith("Impl")
          .andShould()
          .haveSimpleNameNotEndingWith("Service");
}
