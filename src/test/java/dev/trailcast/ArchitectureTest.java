package dev.trailcast;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.trailcast.stream.pump.PumpCount;
import dev.trailcast.stream.trail.TailSize;
import dev.trailcast.stream.wire.CloseReason;

/** The rooms, and which of them each may know: what the package-info files draw. */
@AnalyzeClasses(packages = "dev.trailcast", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String EMBEDDED = "dev.trailcast.journal.embedded..";
  private static final String STREAM = "dev.trailcast.stream..";
  private static final String METRICS = "dev.trailcast.metrics..";
  private static final String CONFIG = "dev.trailcast.config..";

  private static final String[] BELOW_A_DOOR = {
    "activity", "journal", "http", "security", "wire", "trail", "delivery"
  };

  @ArchTest
  static final ArchRule eachRoomKnowsOnlyThoseBelowIt =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.trailcast..")
          .ensureAllClassesAreContainedInArchitecture()
          .layer("activity")
          .definedBy("dev.trailcast.activity")
          .layer("journal")
          .definedBy("dev.trailcast.journal..")
          .layer("http")
          .definedBy("dev.trailcast.http")
          .layer("security")
          .definedBy("dev.trailcast.security")
          .layer("server")
          .definedBy("dev.trailcast.server")
          .layer("ingest")
          .definedBy("dev.trailcast.ingest")
          .layer("wire")
          .definedBy("dev.trailcast.stream.wire")
          .layer("pump")
          .definedBy("dev.trailcast.stream.pump")
          .layer("trail")
          .definedBy("dev.trailcast.stream.trail")
          .layer("delivery")
          .definedBy("dev.trailcast.stream.delivery")
          .layer("events")
          .definedBy("dev.trailcast.stream.events")
          .layer("pages")
          .definedBy("dev.trailcast.stream.pages")
          .layer("statistics")
          .definedBy("dev.trailcast.stream.statistics")
          .layer("stream")
          .definedBy("dev.trailcast.stream")
          .layer("health")
          .definedBy("dev.trailcast.health")
          .layer("metrics")
          .definedBy("dev.trailcast.metrics")
          .layer("config")
          .definedBy("dev.trailcast.config")
          .layer("application")
          .definedBy("dev.trailcast")
          .whereLayer("activity")
          .mayNotAccessAnyLayer()
          .whereLayer("journal")
          .mayOnlyAccessLayers("activity")
          .whereLayer("http")
          .mayOnlyAccessLayers("activity", "journal")
          .whereLayer("security")
          .mayOnlyAccessLayers("activity", "journal", "http")
          .whereLayer("server")
          .mayOnlyAccessLayers("http")
          .whereLayer("ingest")
          .mayOnlyAccessLayers("activity", "journal", "http", "security")
          .whereLayer("wire")
          .mayOnlyAccessLayers("activity", "journal")
          .whereLayer("pump")
          .mayOnlyAccessLayers("wire")
          .whereLayer("trail")
          .mayOnlyAccessLayers("activity", "journal", "wire")
          .whereLayer("delivery")
          .mayOnlyAccessLayers(
              "activity", "journal", "http", "security", "server", "wire", "pump", "trail")
          .whereLayer("events")
          .mayOnlyAccessLayers(BELOW_A_DOOR)
          .whereLayer("pages")
          .mayOnlyAccessLayers(BELOW_A_DOOR)
          .whereLayer("statistics")
          .mayOnlyAccessLayers(BELOW_A_DOOR)
          .whereLayer("stream")
          .mayOnlyAccessLayers("activity", "wire", "trail", "delivery")
          .whereLayer("health")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("metrics")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("config")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("application")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule nobodyKnowsWhichJournalItIs =
      noClasses()
          .that()
          .resideOutsideOfPackage(EMBEDDED)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(EMBEDDED);

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
                      "dev.trailcast.stream.trail")
                  .and(not(belongToAnyOf(CloseReason.class, PumpCount.class, TailSize.class))));

  @ArchTest
  static final ArchRule metricsOnlyLookAndNobodyDependsOnThem =
      noClasses()
          .that()
          .resideOutsideOfPackage(METRICS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(METRICS, "org.eclipse.microprofile.metrics..");

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
