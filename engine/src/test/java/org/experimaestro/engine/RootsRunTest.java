package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigId;
import org.experimaestro.NamedBuilder;
import org.experimaestro.Outcome;
import org.experimaestro.PlanException;
import org.experimaestro.Roots;
import org.experimaestro.RunMode;
import org.experimaestro.Tags;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.core.host.RootsVariable;
import org.experimaestro.model.root.RootPlaces;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherFinder;
import org.experimaestro.spi.Placement;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Reading;
import org.experimaestro.trial.TestLaunchers;
import org.experimaestro.workspace.JobFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose paths are below a named root. */
@Timeout(120)
final class RootsRunTest {
    @TempDir
    Path folder;

    private final List<Lab> labs = new ArrayList<>();
    private Path laptop;
    private Path cluster;

    @BeforeEach
    void makeData() throws IOException {
        laptop = data("laptop");
        cluster = data("cluster");
    }

    @AfterEach
    void tearDown() {
        labs.forEach(Lab::close);
        RootPlaces.define(Map.of());
    }

    @Test
    void run_onTwoMachines_hasOneIdentifierAndTheFilesOfEach() throws Exception {
        List<ConfigId> ids = new ArrayList<>();
        for (Path place : List.of(laptop, cluster)) {
            RootPlaces.define(Map.of("data", place));
            Lab lab = lab(place.getFileName().toString());
            List<Config<Reading.Made>> made = new ArrayList<>();
            RunResult result = lab.run((xp, settings) -> made.add(xp.submit(task().build())));

            assertThat(result.outcome()).isEqualTo(Outcome.DONE);
            JobFolder job = lab.job("trial.reading");
            assertThat(Files.readString(job.path().resolve("copy.txt"))).isEqualTo(copied(place));
            assertThat(Files.readString(job.parametersFile()))
                    .contains("\"data:/trec/x.tsv\"", "\"data:/trec/more\"")
                    .doesNotContain(place.toString());
            ids.add(job.id());
            ids.add(made.getFirst().id());
        }
        assertThat(ids.subList(0, 2)).isEqualTo(ids.subList(2, 4));
    }

    @Test
    void run_launcherWithRootsOfItsOwn_readsThoseOfItsHost() throws Exception {
        RootPlaces.define(Map.of("data", laptop, "other", folder));
        Lab lab = lab("there").launchers(onHost(Map.of("data", cluster.toString())));

        assertThat(lab.run((xp, settings) -> xp.submit(task().build())).outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(Files.readString(lab.job("trial.reading").path().resolve("copy.txt")))
                .isEqualTo(copied(cluster));
    }

    @Test
    void submit_undefinedRoot_isAnErrorOfThePlanWithItsLine() {
        RootPlaces.define(Map.of("data", laptop));
        assertThatThrownBy(() -> lab("no").run((xp, settings) -> Roots.path("dat:/x")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("dat:/x")
                .hasMessageContaining("did you mean \"data\"?");
    }

    @Test
    void submit_plainPathThatResolvesOneBelowARoot_saysWhatToWrite() {
        RootPlaces.define(Map.of("data", laptop));
        assertThatThrownBy(() -> lab("mixed").run((xp, settings) -> folder.resolve(Roots.path("data:/x"))))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("RootsRunTest.java:")
                .hasMessageContaining("give it the text, path.toString()");
    }

    @Test
    void of_plainValueOfATask_isTheSameConfiguration() {
        RootPlaces.define(Map.of("data", laptop));
        Config<Reading> task = task().build();
        assertThat(Config.of(task.value()).id()).isEqualTo(task.id());
    }

    @Test
    void run_rootThatTheHostLacks_endsTheJobWithTheReason() throws Exception {
        RootPlaces.define(Map.of("data", laptop));
        Lab lab = lab("lacks");
        lab.run(RunMode.GENERATE, (xp, settings) -> xp.submit(task().build()));
        JobFolder job = lab.job("trial.reading");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.experimaestro.runtime.JobMain",
                        "1",
                        job.path().toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isEqualTo(1);
        assertThat(output).contains("Cannot use the path data:/trec/content: no root \"data\" is defined here");
    }

    @Test
    void tag_pathBelowARoot_isTheSameOnEachMachine() {
        RootPlaces.define(Map.of("data", laptop));
        Config<Reading> task =
                task().set("file", Tags.tag(Roots.path("data:/trec/x.tsv"))).build();
        assertThat(Tags.tags(task)).isEqualTo(Map.of("file", "data:/trec/x.tsv"));
    }

    @Test
    void dryRun_rootsThatAreAdded_moveNoIdentifierOfAPlainPath() throws Exception {
        List<ConfigId> ids = new ArrayList<>();
        for (Map<String, Path> roots :
                List.<Map<String, Path>>of(Map.of(), Map.of("data", laptop, "all", Path.of("/")))) {
            RootPlaces.define(roots);
            lab("dry").run(RunMode.DRY_RUN, (xp, settings) -> {
                Config<Reading> task = Config.builder(Reading.class)
                        .set("file", laptop.resolve("trec/x.tsv"))
                        .set("more", List.of(laptop.resolve("trec/more")))
                        .set("content", laptop.resolve("trec/content"))
                        .build();
                ids.add(task.id());
                ids.add(xp.submit(task).id());
            });
        }
        assertThat(ids.subList(0, 2)).isEqualTo(ids.subList(2, 4));
    }

    private Path data(String machine) throws IOException {
        Path trec = Files.createDirectories(folder.resolve(machine).resolve("trec"));
        Files.writeString(trec.resolve("x.tsv"), "x of " + machine);
        Files.writeString(trec.resolve("more"), "more of " + machine);
        Files.writeString(trec.resolve("content"), "the same on both");
        return trec.getParent();
    }

    private static String copied(Path place) {
        Path trec = place.resolve("trec");
        String machine = place.getFileName().toString();
        return trec.resolve("x.tsv") + "=x of " + machine + "\n" + trec.resolve("more") + "=more of " + machine + "\n"
                + trec.resolve("content") + "=the same on both\n";
    }

    private static NamedBuilder<Reading> task() {
        return Config.builder(Reading.class)
                .set("file", Roots.path("data:/trec/x.tsv"))
                .set("more", List.of(Roots.path("data:/trec").resolve("more")))
                .set("content", Roots.path("data:/trec/content"));
    }

    private static LauncherFinder onHost(Map<String, String> roots) {
        return TestLaunchers.finder(Placement.on(LauncherDefinition.local()).toBuilder()
                .env(JobVariables.ROOTS, RootsVariable.write(roots))
                .build());
    }

    private Lab lab(String name) throws IOException {
        Lab lab = new Lab(Files.createDirectories(folder.resolve("lab-" + name)));
        labs.add(lab);
        return lab;
    }
}
