package org.experimaestro.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.experimaestro.core.task.OutputTasks.config;
import static org.experimaestro.core.task.OutputTasks.leaf;
import static org.experimaestro.core.task.OutputTasks.pair;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.Config;
import org.experimaestro.Configurable;
import org.experimaestro.Roots;
import org.experimaestro.core.task.OutputTasks.Branch;
import org.experimaestro.core.task.OutputTasks.HoldsPath;
import org.experimaestro.core.task.OutputTasks.Self;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.Producer;
import org.experimaestro.model.root.RootPlaces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DependenciesTest {
    private static final Path WORKSPACE = Path.of("/workspace");

    @Test
    void of_parametersAtAnyDepth_areFoundOnceEachWithTheirPlace() {
        Config<?> one = submitted(1);
        Config<?> two = submitted(2);
        Config<?> three = submitted(3);
        Config<?> four = submitted(4);
        Config<?> branch = config(
                Branch.class,
                "parts",
                List.of(leaf("x"), pair(leaf("y"), one)),
                "named",
                Map.of("k", two),
                "best",
                Optional.of(pair(three, one)));
        assertThat(of(branch, four, one))
                .containsExactly(
                        dependency(four, "parts[1]", false),
                        dependency(one, "parts[2]", false),
                        dependency(two, "parts[0].named[k]", false),
                        dependency(three, "parts[0].best.left", false));
    }

    @Test
    void of_pathThatReachesTheWorkspaceByALink_isADependency(@TempDir Path folder) throws IOException {
        Path workspace = Files.createDirectory(folder.resolve("workspace"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), workspace);
        Config<?> one = submitted(1);
        for (List<Path> ways : List.of(List.of(workspace, link), List.of(link, workspace))) {
            Path file = ways.get(1).resolve(WORKSPACE.relativize(folder(one))).resolve("out");
            Config<?> holder = config(HoldsPath.class, "path", file, "more", List.of());

            assertThat(Dependencies.of((ConfigNode<?>) Node.of(holder), ways.get(0)))
                    .containsExactly(dependency(one, "path", true));
        }
        Config<?> other = config(
                HoldsPath.class,
                "path",
                folder.resolve("none").resolve(WORKSPACE.relativize(folder(one))),
                "more",
                List.of());
        assertThat(Dependencies.of((ConfigNode<?>) Node.of(other), workspace)).isEmpty();
    }

    @Test
    void of_thousandsOfLevels_areVisited() {
        Config<?> made = submitted(1);
        Config<?> nested = made;
        for (int level = 0; level < 5_000; level++) {
            nested = pair(leaf("x"), nested);
        }
        assertThat(of(nested)).extracting(TaskDependency::id).containsExactly(made.id());
    }

    @Test
    void of_taskWithoutProducedParameters_isEmpty() {
        assertThat(of(leaf("x"), pair(leaf("x"), leaf("y")))).isEmpty();
    }

    @Test
    void of_whatAProducedConfigurationIsMadeOf_isItsTasksAffair() {
        Config<?> inner = submitted(1);
        Config<?> outer = submit(config(Self.class, "number", 2, "parts", List.of(inner)));
        assertThat(of(outer)).containsExactly(dependency(outer, "parts[0]", false));
    }

    @Test
    void of_pathsBelowThisWorkspacesJobs_areDependencies() {
        Config<?> one = submitted(1);
        Config<?> two = submitted(2);
        Config<?> paths = config(
                HoldsPath.class,
                "path",
                folder(one).resolve("model.bin"),
                "more",
                List.of(Path.of("/data/x"), folder(two), WORKSPACE.resolve("results")));
        assertThat(of(paths))
                .containsExactly(dependency(one, "parts[0].path", true), dependency(two, "parts[0].more[1]", true));
    }

    @Test
    void of_pathsBelowARootInTheWorkspace_areDependencies() {
        RootPlaces.define(Map.of("work", WORKSPACE, "jobs", WORKSPACE.resolve("jobs"), "data", Path.of("/data")));
        try {
            Config<?> one = submitted(1);
            Path inJob = WORKSPACE.relativize(folder(one));
            assertThat(of(config(
                            HoldsPath.class,
                            "path",
                            Roots.path("work:/" + inJob).resolve("x"))))
                    .containsExactly(dependency(one, "parts[0].path", true));
            assertThat(of(config(HoldsPath.class, "path", Roots.path("jobs:/" + inJob.subpath(1, 3)))))
                    .containsExactly(dependency(one, "parts[0].path", true));
            assertThat(of(config(HoldsPath.class, "path", Roots.path("data:/x"))))
                    .isEmpty();
            assertThat(config(HoldsPath.class, "path", Roots.path("work:/" + inJob + "/x"))
                            .id())
                    .isEqualTo(config(HoldsPath.class, "path", folder(one).resolve("x"))
                            .id());
        } finally {
            RootPlaces.define(Map.of());
        }
    }

    @Test
    void of_pathsOfOtherWorkspaces_arePlainPaths() {
        Path elsewhere = Path.of("/elsewhere").resolve(WORKSPACE.relativize(folder(submitted(1))));
        Path below = WORKSPACE.resolve("sub").resolve(WORKSPACE.relativize(folder(submitted(1))));
        assertThat(of(
                        config(HoldsPath.class, "path", elsewhere),
                        config(HoldsPath.class, "path", below.resolve("model.bin"))))
                .isEmpty();
    }

    @Test
    void of_producersOfOtherWorkspaces_areElsewhere(@TempDir Path folder) throws IOException {
        Config<Self> one = config(Self.class, "number", 1);
        Path there = Path.of("/elsewhere").resolve(WORKSPACE.relativize(folder(one)));
        Path below = WORKSPACE.resolve("sub").resolve(WORKSPACE.relativize(folder(one)));
        assertThat(of(submitted(1), Outputs.of(node(one), there), Outputs.of(node(one), below)))
                .containsExactly(
                        dependency(one, "parts[0]", false),
                        new TaskDependency(one.type(), one.id(), "parts[1]", false, Path.of("/elsewhere"), Set.of()),
                        new TaskDependency(
                                one.type(), one.id(), "parts[2]", false, WORKSPACE.resolve("sub"), Set.of()));

        Path workspace = Files.createDirectory(folder.resolve("workspace"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), workspace);
        Config<?> byLink = Outputs.of(node(one), link.resolve(WORKSPACE.relativize(folder(one))));
        assertThat(Dependencies.of(node(pair(byLink, leaf("x"))), workspace))
                .containsExactly(dependency(one, "left", false));
        assertThat(Dependencies.producersOf(pair(byLink, submitted(1)))).containsExactly(one.id());
    }

    @Test
    void of_pathAndProducerOfOneJob_isOneDependency() {
        Config<?> one = submitted(1);
        Config<?> path = config(HoldsPath.class, "path", folder(one).resolve("x"));
        assertThat(of(path, one)).containsExactly(dependency(one, "parts[1]", false));
        assertThat(of(one, path)).containsExactly(dependency(one, "parts[0]", false));
    }

    @Test
    void of_announcedOutputs_areNotWaitedForUnlessMoreIsUsedOfTheJob() {
        Config<?> one = submitted(1);
        Config<?> announced = announced("first");
        Config<?> path = config(HoldsPath.class, "path", folder(one).resolve("x"));

        assertThat(of(announced)).extracting(TaskDependency::announced).containsExactly(true);
        assertThat(of(announced, announced("second")))
                .extracting(TaskDependency::announced)
                .containsExactly(true);
        for (List<Config<?>> others : List.of(
                List.<Config<?>>of(announced, one),
                List.<Config<?>>of(one, announced),
                List.<Config<?>>of(announced, path),
                List.<Config<?>>of(path, announced))) {
            assertThat(of(others.toArray(Config<?>[]::new)))
                    .extracting(TaskDependency::announced)
                    .containsExactly(false);
        }
    }

    @Test
    void announcedOutput_countsAsAnOutputOfTheJob_whateverItsName() {
        Config<Self> task = config(Self.class, "number", 1);
        Producer producer = new Producer(task.type(), task.id(), folder(task), node(task));

        assertThat(announced("first").id())
                .isEqualTo(announced("second").id())
                .isEqualTo(node(leaf("x")).producedBy(producer).id())
                .isNotEqualTo(leaf("x").id());
    }

    /** What a job has announced, as the plan gets it. */
    private static Config<?> announced(String name) {
        Config<Self> task = config(Self.class, "number", 1);
        Path folder = folder(task);
        Map<String, Object> json = AnnouncedOutput.toJson(
                node(task), Map.of(node(task), task.value()), folder, WORKSPACE, "../../../..", name, (Configurable)
                        leaf("x").value());
        return AnnouncedOutput.read(
                json,
                folder.resolve(".experimaestro/announced.jsonl"),
                DependenciesTest.class.getClassLoader(),
                node(task),
                name,
                folder);
    }

    @Test
    void producersOf_configurationsAndCollections_areThoseInside() {
        Config<?> one = submitted(1);
        Config<?> two = submitted(2);
        Config<Branch> branch =
                config(Branch.class, "parts", List.of(one, two), "named", Map.of(), "best", Optional.empty());
        assertThat(Dependencies.producersOf(branch)).containsExactly(one.id(), two.id());
        assertThat(Dependencies.producersOf(branch.get(Branch::parts))).containsExactly(one.id(), two.id());
        assertThat(Dependencies.producersOf(one)).containsExactly(one.id());
        assertThat(Dependencies.producersOf(leaf("x"))).isEmpty();
    }

    private static List<TaskDependency> of(Config<?>... parts) {
        Config<Self> task = config(Self.class, "number", 0, "parts", List.of(parts));
        return Dependencies.of((ConfigNode<?>) Node.of(task), WORKSPACE);
    }

    private static ConfigNode<?> node(Config<?> config) {
        return (ConfigNode<?>) Node.of(config);
    }

    private static Config<?> submitted(int number) {
        return submit(config(Self.class, "number", number));
    }

    private static Config<?> submit(Config<?> task) {
        return Outputs.of((ConfigNode<?>) Node.of(task), folder(task));
    }

    private static TaskDependency dependency(Config<?> task, String place, boolean byPath) {
        return new TaskDependency(task.type(), task.id(), place, byPath, null, Set.of());
    }

    private static Path folder(Config<?> task) {
        return WORKSPACE.resolve("jobs").resolve(task.type()).resolve(task.id().toString());
    }
}
