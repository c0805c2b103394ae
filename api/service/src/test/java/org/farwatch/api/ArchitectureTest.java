package org.farwatch.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the house: dependencies point down only. */
@AnalyzeClasses(packages = "org.farwatch", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule GEO_KNOWS_NOBODY = noClasses()
            .that()
            .resideInAPackage("org.farwatch.geo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.farwatch.ingest..", "org.farwatch.vision..", "org.farwatch.api..");

    @ArchTest
    static final ArchRule INGEST_KNOWS_GEO_ONLY = noClasses()
            .that()
            .resideInAPackage("org.farwatch.ingest..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.farwatch.vision..", "org.farwatch.api..");

    @ArchTest
    static final ArchRule VISION_KNOWS_NOTHING_OF_INGEST = noClasses()
            .that()
            .resideInAPackage("org.farwatch.vision..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.farwatch.ingest..", "org.farwatch.api..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule LIBRARIES_KNOW_NEITHER_SPRING_NOR_A_DATABASE = noClasses()
            .that()
            .resideInAnyPackage("org.farwatch.geo..", "org.farwatch.ingest..", "org.farwatch.vision..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "java.sql..", "javax.sql..", "org.postgresql..");

    @ArchTest
    static final ArchRule GEOTOOLS_STAYS_IN_LAYERS = noClasses()
            .that()
            .resideOutsideOfPackage("org.farwatch.geo.layer..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.geotools..", "org.opengis..");

    @ArchTest
    static final ArchRule NETTY_STAYS_IN_INGEST_AND_ITS_BROKER = noClasses()
            .that()
            .resideInAPackage("org.farwatch.api..")
            .and()
            .resideOutsideOfPackages("org.farwatch.api.broker..", "org.farwatch.api.demo..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule FEATURES_FORM_NO_CYCLES =
            slices().matching("org.farwatch.api.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PROTOCOLS_FORM_NO_CYCLES =
            slices().matching("org.farwatch.ingest.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_NAMES_THAT_SAY_NOTHING = classes()
            .that()
            .resideInAPackage("org.farwatch..")
            .should()
            .haveSimpleNameNotEndingWith("Util")
            .andShould()
            .haveSimpleNameNotEndingWith("Utils")
            .andShould()
            .haveSimpleNameNotEndingWith("Helper")
            .andShould()
            .haveSimpleNameNotEndingWith("Manager")
            .andShould()
            .haveSimpleNameNotEndingWith("Impl");
}
