package org.experimaestro.core.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.experimaestro.core.serial.SerialConfigs.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.core.serial.SerialConfigs.Adam;
import org.experimaestro.core.serial.SerialConfigs.Collections;
import org.experimaestro.core.serial.SerialConfigs.Color;
import org.experimaestro.core.serial.SerialConfigs.Learn;
import org.experimaestro.core.serial.SerialConfigs.Tree;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.Producer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saved configurations lead to the jobs that made them, wherever the file and the workspaces have been moved. */
class MovedWorkspaceTest {
    @TempDir
    Path folder;

    private Path workspace;
    private Path file;

    @BeforeEach
    void place() {
        workspace = folder.resolve("project/workspace");
        file = folder.resolve("project/saved.json");
    }

    @Test
    void load_workspaceMovedAlone_isThatOfTheRun() throws IOException {
        Config<Learn> learn = learned(workspace, "a");
        Config.save(tree(learn, path(learn)), file);
        Path after = Files.move(workspace, folder.resolve("elsewhere"));

        assertThat(loadedFrom(file)).isEqualTo(workspace);
        RunWorkspaces.Entry another = RunWorkspaces.enter(folder.resolve("none"), job -> true);
        RunWorkspaces.Entry run = RunWorkspaces.enter(after, job -> true);
        try {
            assertThat(loadedFrom(file)).isEqualTo(after);
        } finally {
            run.close();
            another.close();
        }
        assertThat(loadedFrom(file)).isEqualTo(workspace);
    }

    @Test
    void load_fileMovedWithTheWorkspace_findsItBesideIt() throws IOException {
        Config<Learn> learn = learned(workspace, "a");
        Config.save(tree(learn, path(learn)), file);
        Path after = Files.move(folder.resolve("project"), folder.resolve("renamed"));

        assertThat(loadedFrom(after.resolve("saved.json"))).isEqualTo(after.resolve("workspace"));
    }

    @Test
    void load_projectCopied_isTheCopy() throws IOException {
        Config<Learn> learn = learned(workspace, "a");
        Config.save(tree(learn, path(learn)), file);
        Path copy = folder.resolve("copy");
        learned(copy.resolve("workspace"), "a");
        Files.copy(file, copy.resolve("saved.json"));

        assertThat(loadedFrom(copy.resolve("saved.json"))).isEqualTo(copy.resolve("workspace"));
    }

    @Test
    void load_fileMovedAlone_findsTheWorkspaceWhereItIs() throws IOException {
        Config<Learn> learn = learned(workspace, "a");
        for (Path saved : List.of(file, workspace.resolve("experiments/debug/results/saved.json"))) {
            Files.createDirectories(saved.getParent());
            Config.save(tree(learn, path(learn)), saved);
            Path after = Files.createDirectories(folder.resolve("a/b/c/d")).resolve("saved.json");
            Files.deleteIfExists(after);
            Files.move(saved, after);

            assertThat(loadedFrom(after)).isEqualTo(workspace);
        }
    }

    @Test
    void load_jobsOfTwoWorkspaces_areThoseOfEach() throws IOException {
        Path other = folder.resolve("project/other");
        Config<Learn> here = learned(workspace, "a");
        Config<Learn> there = learned(other, "b");
        Config.save(tree(here, there, path(here), path(there), output(there)), file);

        Config<Tree> loaded = Config.load(file, Tree.class);
        List<SerialConfigs.Part> parts = loaded.value().parts();
        assertThat(((Learn) parts.get(0)).model()).startsWithRaw(workspace);
        assertThat(((Learn) parts.get(1)).model()).startsWithRaw(other);
        assertThat(pathIn(parts.get(2))).startsWithRaw(workspace);
        assertThat(pathIn(parts.get(3))).startsWithRaw(other);
        assertThat(producer(part(loaded, 4)).folder()).startsWithRaw(other);
        assertThat(loaded.id())
                .isEqualTo(tree(here, there, path(here), path(there), output(there))
                        .id());
    }

    @Test
    void load_fileInOneOfTwoWorkspaces_movesWithIt() throws IOException {
        Path other = folder.resolve("project/other");
        Path saved = other.resolve("saved.json");
        Config.save(tree(learned(workspace, "a"), learned(other, "b")), saved);
        Path after = Files.move(other, folder.resolve("after"));

        List<SerialConfigs.Part> parts =
                Config.load(after.resolve("saved.json"), Tree.class).value().parts();
        assertThat(((Learn) parts.get(0)).model()).startsWithRaw(workspace);
        assertThat(((Learn) parts.get(1)).model()).startsWithRaw(after);
    }

    @Test
    void load_pathInACollection_movesToo() throws IOException {
        Path model = learned(workspace, "a").value().model();
        Config.save(path(learned(workspace, "a")), file);
        Path after = Files.move(folder.resolve("project"), folder.resolve("renamed"));

        assertThat(Config.load(after.resolve("saved.json"), Collections.class)
                        .value()
                        .byEnum()
                        .get(Color.RED))
                .isEqualTo(after.resolve("workspace").resolve(workspace.relativize(model)));
    }

    @Test
    void load_jobThatIsNowhere_isThatOfTheWorkspaceThatIsThere() throws IOException {
        Config<Learn> learn = learned(workspace, "a");
        Config.save(tree(learn, path(learn)), file);
        Files.delete(producer(learn).folder());

        assertThat(loadedFrom(file)).isEqualTo(workspace);
        Path after = Files.move(workspace, folder.resolve("after"));
        RunWorkspaces.Entry run = RunWorkspaces.enter(after, job -> true);
        try {
            assertThat(loadedFrom(file)).isEqualTo(after);
        } finally {
            run.close();
        }
    }

    @Test
    void load_workspaceThatIsNoPlace_isRefused() throws IOException {
        Path other = folder.resolve("project/other");
        Config.save(tree(learned(workspace, "a"), learned(other, "b")), file);
        String saved = Files.readString(file);
        for (String place : List.of("" + workspace, "" + other, "workspace")) {
            assertThat(saved).contains(": \"" + place + "\"");
            Files.writeString(file, saved.replace(": \"" + place + "\"", ": \"no\\u0000path\""));
            assertThatThrownBy(() -> Config.load(file, Tree.class))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith(file + ": The file names a workspace by a text that is no path");
        }
        for (Path place : List.of(workspace, other)) {
            Files.writeString(file, saved.replace("\"" + place + "\"", "\"relative\""));
            assertThatThrownBy(() -> Config.load(file, Tree.class))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage(file + ": The file names the workspace \"relative\", which is no absolute path");
        }
    }

    /** Loads a task, and a path in its folder, and returns the workspace that both are in. */
    private Path loadedFrom(Path saved) {
        Config<Tree> loaded = Config.load(saved, Tree.class);
        Path model = ((Learn) loaded.value().parts().get(0)).model();
        assertThat(pathIn(loaded.value().parts().get(1))).isEqualTo(model);
        assertThat(producer(part(loaded, 0)).folder()).isEqualTo(model.getParent());
        assertThat(loaded.id())
                .isEqualTo(tree(learned(null, "a"), path(learned(null, "a"))).id());
        return model.getParent().getParent().getParent().getParent();
    }

    private static Config<?> part(Config<Tree> tree, int index) {
        return Config.elements(tree.get(Tree::parts)).get(index);
    }

    private static Producer producer(Config<?> config) {
        Producer producer = ((ConfigNode<?>) Node.of(config)).producer();
        assertThat(producer).isNotNull();
        return producer;
    }

    /** A task that has made itself, in a workspace that has its folder. */
    private Config<Learn> learned(Path place, String name) {
        Path root = place == null ? Path.of("/nowhere") : place;
        Config<Learn> learn = learn(Path.of("/data", name));
        Path job = root.resolve("jobs/serial.learn").resolve(learn.id().toString());
        if (place != null) {
            try {
                Files.createDirectories(job);
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        }
        return ((ConfigNode<Learn>) Node.of(learn)).producedByItself(job);
    }

    /** A configuration with the path of what a task has made, in a map. */
    private static Config<Collections> path(Config<Learn> learned) {
        return config(
                Collections.class,
                "lists",
                List.of(),
                "set",
                List.of(),
                "byEnum",
                Map.of(Color.RED, learned.value().model()),
                "byFloat",
                Map.of(),
                "byDouble",
                Map.of(),
                "byInt",
                Map.of(),
                "byText",
                Map.of());
    }

    private static Path pathIn(SerialConfigs.Part part) {
        return ((Collections) part).byEnum().get(Color.RED);
    }

    /** Another configuration that a task has made. */
    private static Config<?> output(Config<Learn> learned) {
        Producer producer = producer(learned);
        return ((ConfigNode<?>) Node.of(config(Adam.class)))
                .producedBy(new Producer(producer.typeId(), producer.id(), producer.folder(), null));
    }

    private static Config<Learn> learn(Path data) {
        return config(
                Learn.class,
                "optimizer",
                config(Adam.class),
                "layers",
                List.of(),
                "epochs",
                16,
                "data",
                data,
                "color",
                Color.GREEN,
                "limit",
                Duration.ofMinutes(90));
    }

    private static Config<Tree> tree(Config<?>... parts) {
        return config(
                Tree.class, "first", Optional.empty(), "parts", List.of(parts), "named", Map.of(), "set", List.of());
    }
}
