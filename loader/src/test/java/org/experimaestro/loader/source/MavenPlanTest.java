package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.settings.MavenOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Maven projects whose plans are built and loaded. */
@Tag("thorough")
class MavenPlanTest extends MavenPlanFixture {
    @Test
    void load_moduleOfReactor_buildsItWithSiblingAndLibraries() throws Exception {
        toolbox = new Toolbox(List.of(TestToolbox.api()), List.of(), temporary.resolve("empty cache"), "1");
        Map<String, String> before = contents();

        PlanCode code = load("acme.Plan");

        assertThat(code.planClass()).isEqualTo("acme.Plan");
        assertThat(code.fromCache()).isFalse();
        assertThat(code.classPath())
                .extracting(path -> path.getFileName().toString())
                .contains("0-plans.jar", "1-shared.jar", "commons-csv-1.14.1.jar")
                .startsWith("0-plans.jar")
                .doesNotContain("api.jar");
        assertThat(steps).containsExactly("Building the Maven project in " + module);
        assertThat(contents()).isEqualTo(before);
        try (var loader = PlanClassLoader.of(code.classPath(), getClass().getClassLoader())) {
            Class<?> plan = loader.loadClass("acme.Plan");
            assertThat(plan.getDeclaredConstructor().newInstance()).isInstanceOf(ExperimentPlan.class);
            assertThat(plan.getField("SHARED").get(null)).isEqualTo("first");
            assertThat(plan.getField("LIBRARY").get(null).getClass().getClassLoader())
                    .isSameAs(loader);
            assertThat(loader.getResource("words.txt")).isNotNull();
        }
    }

    @Test
    void load_nothingChanged_startsNoMaven() throws Exception {
        PlanCode first = load("acme.Plan");
        steps.clear();

        PlanCode second = load("acme.Plan", new MavenCommand("", false));

        assertThat(second.fromCache()).isTrue();
        assertThat(second.classPath()).isEqualTo(first.classPath());
        assertThat(load("acme.Plan.Nested", new MavenCommand("", false)).planClass())
                .isEqualTo("acme.Plan$Nested");
        assertThat(steps).isEmpty();
    }

    @Test
    void load_siblingChanged_isBuiltAgain() throws Exception {
        PlanCode first = load("acme.Plan");
        write("parts/shared/src/main/java/shared/Shared.java", shared("again"));

        PlanCode second = load("acme.Plan");

        assertThat(second.fromCache()).isFalse();
        assertThat(shared(second)).isEqualTo("again");
        assertThat(first.classPath())
                .as("the older entry stays for who uses it")
                .allMatch(Files::exists);
    }

    @Test
    void load_outputsAndWorkspaceChanged_comesFromCache() throws Exception {
        load("acme.Plan");
        write("parts/plans/target/classes/stale.txt", "x");
        write("parts/plans/work/.experimaestro.json", "{\"format\": 1}");
        write("parts/plans/work/jobs/a/log.txt", "x");
        write(".git/HEAD", "x");
        write("node_modules/a/b.js", "x");

        assertThat(load("acme.Plan").fromCache()).isTrue();
    }

    @Test
    void load_sourceDeleted_isGoneFromTheResult() throws Exception {
        write("parts/plans/src/main/java/acme/Other.java", "package acme; class Other {}");
        PlanCode first = load("acme.Plan");
        Files.delete(module.resolve("src/main/java/acme/Other.java"));

        PlanCode second = load("acme.Plan");

        assertThat(CompiledClasses.names(first.classPath().subList(0, 1))).contains("acme.Other");
        assertThat(CompiledClasses.names(second.classPath().subList(0, 1))).doesNotContain("acme.Other");
    }

    @Test
    void load_sourcesOutsideOfTheProject_areBuiltAndTheirChangesSeen() throws Exception {
        Path outside = temporary.resolve("outside/shared/Shared.java");
        Files.createDirectories(outside.getParent());
        Files.writeString(outside, shared("outside"));
        write(
                "parts/shared/pom.xml",
                Files.readString(project.resolve("parts/shared/pom.xml"))
                        .replace(
                                "</project>",
                                "<build><sourceDirectory>../../../outside</sourceDirectory></build></project>"));
        Files.delete(project.resolve("parts/shared/src/main/java/shared/Shared.java"));

        assertThat(shared(load("acme.Plan"))).isEqualTo("outside");
        assertThat(load("acme.Plan").fromCache()).isTrue();

        Files.writeString(outside, shared("changed"));
        assertThat(shared(load("acme.Plan"))).isEqualTo("changed");
    }

    @Test
    void load_profileAndProperty_areMavens() throws Exception {
        write("parts/plans/src/fast/words.txt", "of the profile");
        write("parts/plans/src/other/words.txt", "of the property");
        write(
                "parts/plans/pom.xml",
                Files.readString(project.resolve("parts/plans/pom.xml")).replace("</project>", """
                        <properties><words>main/resources</words></properties>
                        <build><resources><resource><directory>src/${words}</directory></resource></resources></build>
                        <profiles><profile><id>fast</id><properties><words>fast</words></properties></profile></profiles>
                        </project>"""));

        assertThat(words(load("acme.Plan"))).isEqualTo("one two");
        assertThat(words(load("acme.Plan", MavenCommand.ofThisMachine(), options("fast"))))
                .isEqualTo("of the profile");
        assertThat(words(load(
                        "acme.Plan",
                        MavenCommand.ofThisMachine(),
                        new MavenOptions(List.of(), new TreeMap<>(Map.of("words", "other"))))))
                .isEqualTo("of the property");
        assertThat(load("acme.Plan", new MavenCommand("", false), options("fast"))
                        .fromCache())
                .isTrue();
    }

    @Test
    void load_wrapperInProject_isUsed() throws Exception {
        write("mvnw", "#!/bin/sh\necho \"[ERROR] the wrapper ran with $JAVA_HOME\"\nexit 7\n");

        assertThatThrownBy(() -> load("acme.Plan", new MavenCommand("", false)))
                .hasMessageContaining("exit code 7\n  the wrapper ran with " + System.getProperty("java.home"));
    }

    @Test
    void load_anyProject_hasMavenRefuseWrongChecksums() throws Exception {
        write("mvnw", "#!/bin/sh\necho \"[ERROR] called with $*\"\nexit 1\n");

        assertThatThrownBy(() -> load("acme.Plan")).hasMessageContaining("called with -B -C ");

        write(
                "mvnw",
                "#!/bin/sh\necho '[ERROR] Could not transfer artifact lab:tools:jar:1 from/to lab (file:/lab): Checksum"
                        + " validation failed, no checksums available'\nexit 1\n");

        assertThatThrownBy(() -> load("acme.Plan"))
                .hasMessageEndingWith("have Maven itself fetch it once: mvn compile in " + module);
    }

    @Test
    void load_yamlBesideTheRootPom_findsTheModule() throws Exception {
        assertThat(new MavenPlan(toolbox, MavenCommand.ofThisMachine(), steps::add, InstantSource.system())
                        .load(project, "acme.Plan.Nested", MavenOptions.NONE)
                        .planClass())
                .isEqualTo("acme.Plan$Nested");
    }
}
