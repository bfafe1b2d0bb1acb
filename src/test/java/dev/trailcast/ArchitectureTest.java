package dev.trailcast;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.trailcast.journal.Journal;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.embedded.EmbeddedSettings;
import dev.trailcast.journal.store.Retention;

/** The directions of dependencies that the map in {@code dev.trailcast} draws. */
@AnalyzeClasses(packages = "dev.trailcast", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ACTIVITY = "dev.trailcast.activity..";
  private static final String JOURNAL = "dev.trailcast.journal..";
  private static final String QUEUE = "dev.trailcast.journal.queue..";
  private static final String STORE = "dev.trailcast.journal.store..";
  private static final String EMBEDDED = "dev.trailcast.journal.embedded..";
  private static final String[] JOURNAL_ROOMS = {QUEUE, STORE, EMBEDDED};
  private static final String INGEST = "dev.trailcast.ingest..";
  private static final String STREAM = "dev.trailcast.stream..";
  private static final String HTTP = "dev.trailcast.http..";
  private static final String HEALTH = "dev.trailcast.health..";
  private static final String METRICS = "dev.trailcast.metrics..";
  private static final String CONFIG = "dev.trailcast.config..";
  private static final String ROOT = "dev.trailcast";

  @ArchTest
  static final ArchRule anActivityKnowsNothingElseOfOurs =
      noClasses()
          .that()
          .resideInAPackage(ACTIVITY)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT, JOURNAL, INGEST, STREAM, HTTP, HEALTH, METRICS, CONFIG);

  @ArchTest
  static final ArchRule theJournalKnowsNeitherSide =
      noClasses()
          .that()
          .resideInAPackage(JOURNAL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT, INGEST, STREAM, HTTP, HEALTH, METRICS, CONFIG);

  @ArchTest
  static final ArchRule nobodyKnowsWhichJournalItIs =
      noClasses()
          .that()
          .resideOutsideOfPackages(JOURNAL, CONFIG)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(JOURNAL_ROOMS);

  @ArchTest
  static final ArchRule thePortOfTheJournalKnowsNoJournal =
      noClasses()
          .that()
          .resideInAPackage("dev.trailcast.journal")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(JOURNAL_ROOMS);

  @ArchTest
  static final ArchRule theStoreKnowsNeitherWhoWaitsNorWhoMakesTheOrder =
      noClasses()
          .that()
          .resideInAPackage(STORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(QUEUE, EMBEDDED);

  @ArchTest
  static final ArchRule whatWaitsDoesNotKnowWhereItGoes =
      noClasses()
          .that()
          .resideInAPackage(QUEUE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(STORE, EMBEDDED);

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
              resideInAnyPackage(JOURNAL_ROOMS)
                  .and(not(belongToAnyOf(EmbeddedSettings.class, Retention.class))));

  @ArchTest
  static final ArchRule theWayInDoesNotKnowTheWayOut =
      noClasses()
          .that()
          .resideInAPackage(INGEST)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT, STREAM, HEALTH, METRICS, CONFIG);

  @ArchTest
  static final ArchRule theWayOutDoesNotKnowTheWayIn =
      noClasses()
          .that()
          .resideInAPackage(STREAM)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT, INGEST, HEALTH, METRICS, CONFIG);

  @ArchTest
  static final ArchRule whatTheDoorsShareKnowsNoDoor =
      noClasses()
          .that()
          .resideInAPackage(HTTP)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT, INGEST, STREAM, HEALTH, METRICS, CONFIG);

  @ArchTest
  static final ArchRule healthOnlyLooksAndNobodyDependsOnIt =
      noClasses()
          .that()
          .resideOutsideOfPackage(HEALTH)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(HEALTH);

  @ArchTest
  static final ArchRule metricsOnlyLookAndNobodyDependsOnThem =
      noClasses()
          .that()
          .resideOutsideOfPackage(METRICS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(METRICS, "org.eclipse.microprofile.metrics..");

  @ArchTest
  static final ArchRule nobodyDependsOnConfig =
      noClasses()
          .that()
          .resideOutsideOfPackage(CONFIG)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(CONFIG);

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

  @ArchTest
  static final ArchRule nothingGoesRoundInCircles =
      slices().matching("dev.trailcast.(*)..").should().beFreeOfCycles();

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
