package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.experimaestro.PlanException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Maven projects whose plans cannot be built or loaded. */
@Tag("thorough")
class MavenPlanErrorsTest extends MavenPlanFixture {
    @Test
    void load_copyThatOthersMayHaveChanged_isRefused() throws Exception {
        Path copies = Files.createDirectories(temporary.resolve("open cache/maven"));
        Files.setPosixFilePermissions(copies, PosixFilePermissions.fromString("rwxrwxrwx"));
        toolbox = new Toolbox(List.of(TestToolbox.api()), List.of(), copies.getParent(), "1");

        assertThatThrownBy(() -> load("acme.Plan"))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("chmod go-rwx " + copies);
        assertThat(copies).isEmptyDirectory();
    }

    @Test
    void load_profileThatIsNotThere_isRefusedWithTheNearOne() throws Exception {
        write(
                "parts/plans/pom.xml",
                Files.readString(project.resolve("parts/plans/pom.xml"))
                        .replace("</project>", "<profiles><profile><id>fast</id></profile></profiles></project>"));

        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> load("acme.Plan", MavenCommand.ofThisMachine(), options("fasst")))
                    .hasMessageContaining("there is no profile fasst")
                    .hasMessageContaining("did you mean fast?");
        }
    }

    @Test
    void load_warningsAreErrors_showsThem() throws Exception {
        write(
                "parts/plans/src/main/java/acme/Raw.java",
                "package acme; class Raw { java.util.List<String> list = new java.util.ArrayList(); }");
        String arguments = "<compilerArgs><arg>-Xlint:all,-processing,-options</arg><arg>-Werror</arg></compilerArgs>";
        write(
                "parts/plans/pom.xml",
                Files.readString(project.resolve("parts/plans/pom.xml"))
                        .replace(
                                "</project>",
                                "<build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><configuration>"
                                        + "<showWarnings>true</showWarnings>" + arguments
                                        + "</configuration></plugin></plugins></build></project>"));

        assertThatThrownBy(() -> load("acme.Plan"))
                .hasMessageContaining(module.resolve("src/main/java/acme/Raw.java") + ":[1,")
                .hasMessageContaining("found raw type: java.util.ArrayList")
                .hasMessageContaining("warnings found and -Werror specified")
                .message()
                .doesNotContain("Maven built a copy");
    }

    @Test
    void load_packageNotThere_saysWhatWasBuilt() throws Exception {
        write("parts/plans/src/main/java/acme/Use.java", "package acme; class Use { nowhere.Gone a; Gone b; Gone c; }");

        assertThatThrownBy(() -> load("acme.Plan"))
                .hasMessageContaining("package nowhere does not exist")
                .hasMessageContaining("""
                          %1$s:[1,43] cannot find symbol
                            symbol:   class Gone
                            location: class acme.Use
                          %1$s:[1,51] cannot find symbol
                            symbol:   class Gone
                            location: class acme.Use
                        """.formatted(module.resolve("src/main/java/acme/Use.java")))
                .hasMessageContaining(
                        "Maven built a copy, so that nothing is written in the project. These were copied: " + project);
    }

    @Test
    void load_doesNotCompile_showsMavensErrorsWithTheUsersPaths() throws Exception {
        write("parts/plans/src/main/java/acme/Plan.java", PLAN.replace("shared.Shared.NAME", "42"));

        assertThatThrownBy(() -> load("acme.Plan"))
                .isInstanceOf(PlanException.class)
                .hasMessageStartingWith("Cannot build the Maven project in " + module)
                .hasMessageContaining(module.resolve("src/main/java/acme/Plan.java") + ":[6,")
                .hasMessageContaining("incompatible types")
                .hasMessageNotContaining("Help 1")
                .hasMessageNotContaining(toolbox.cache().toString());
    }

    @Test
    void load_buildersMissing_tellsHowToTurnTheProcessorOn() throws Exception {
        write("parts/plans/src/main/java/acme/Use.java", "package acme; class Use { Object o = AdamBuilder.adam(); }");

        assertThatThrownBy(() -> load("acme.Plan"))
                .hasMessageContaining("cannot find symbol")
                .hasMessageContaining("Since JDK 23")
                .hasMessageContaining("<artifactId>experimaestro-processor</artifactId>");
    }

    @Test
    void load_configurationsWithoutDescriptors_givesTheHint() throws Exception {
        write(
                "parts/plans/src/main/java/acme/Adam.java",
                "package acme; @org.experimaestro.ConfigType record Adam() {}");

        // A file with this extension need not be a class.
        write("parts/plans/src/main/resources/acme/Other.class", "no class");

        load("acme.Plan");

        assertThat(steps).hasSize(2);
        assertThat(steps.getLast())
                .contains("No builders were generated for acme.Adam")
                .contains("annotationProcessorPaths");
    }

    @Test
    void load_classNotThere_namesThePlansThereAre() {
        assertThatThrownBy(() -> load("acme.Plam"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("Cannot find the plan class acme.Plam in the Maven project " + module)
                .hasMessageContaining("did you mean acme.Plan? Plans there: acme.Plan, acme.Plan$Nested");
        assertThatThrownBy(() -> load("acme.Plan.Unfinished")).hasMessageContaining("it is abstract");
        assertThatThrownBy(() -> load("acme.Plan.Settings"))
                .hasMessageContaining("it does not implement ExperimentPlan");
    }

    @Test
    void load_noMavenAtAll_saysWhatToInstall() throws IOException {
        write("parts/plans/src/main/resources/words.txt", "three");

        assertThatThrownBy(() -> load("acme.Plan", new MavenCommand("", false)))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("it has no mvnw, and there is no mvn on the PATH; install Maven");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Failed to execute goal on project plans: Could not resolve dependencies for project acme:plans:jar:1: Could not"
                        + " find artifact org.experimaestro:experimaestro-api:jar:0.1.0 in central (https://repo.lab.org)",
                "Failed to execute goal on project plans: Could not resolve dependencies for project acme:plans:jar:1: Failure to"
                        + " find org.experimaestro:experimaestro-api:jar:0.1.0 in https://repo.lab.org was cached in the local"
                        + " repository",
                "Resolution of annotationProcessorPath dependencies failed: Could not find artifact"
                        + " org.experimaestro:experimaestro-processor:jar:0.1.0 in central (https://repo.lab.org)",
                "Resolution of annotationProcessorPath dependencies failed: Failure to find"
                        + " org.experimaestro:experimaestro-processor:jar:0.1.0 in https://repo.lab.org was cached",
                "Resolution of annotationProcessorPath dependencies failed: org.experimaestro:experimaestro-processor:jar:0.1.0"
                        + " was not found in https://repo.lab.org during a previous attempt"
            })
    void load_ourArtifactIsNotThere_saysHowToInstallIt(String error) throws Exception {
        write("mvnw", "#!/bin/sh\necho '[ERROR] " + error + " -> [Help 1]'\nexit 1\n");

        assertThatThrownBy(() -> load("acme.Plan"))
                .hasMessageContaining(error)
                .hasMessageEndingWith(
                        "run ./mvnw install -DskipTests in a clone of Experimaestro, which is in no public"
                                + " repository yet");
    }

    @Test
    void load_anotherArtifactIsNotThere_doesNotSaySo() throws Exception {
        write("mvnw", "#!/bin/sh\necho '[ERROR] Could not find artifact lab:tools:jar:1 in central'\nexit 1\n");

        assertThatThrownBy(() -> load("acme.Plan")).hasMessageNotContaining("clone of Experimaestro");
    }
}
