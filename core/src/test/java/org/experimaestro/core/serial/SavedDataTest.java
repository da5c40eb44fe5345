package org.experimaestro.core.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigId;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Content;
import org.experimaestro.DataPath;
import org.experimaestro.GeneratedPath;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;
import org.experimaestro.base.file.Folders;
import org.experimaestro.core.task.Dependencies;
import org.experimaestro.core.task.Outputs;
import org.experimaestro.core.task.TaskDependency;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.Producer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that travel with saved configurations. */
class SavedDataTest {
    private static final ConfigId MAKER = ConfigId.parse("00112233445566778899aabbccddeeff");
    private static final String JOB = "data.learn/" + MAKER;

    @TempDir
    private Path folder;

    private Path workspace;
    private Path weights;
    private Path file;

    /** A model with its weights. */
    @ConfigType("data.model")
    record Model(@DataPath Path weights) implements Configurable {}

    /** A user of a model. */
    @ConfigType("data.user")
    record User(Model model) implements Configurable {}

    /** A model with a log, which does not travel. */
    @ConfigType("data.logged")
    record Logged(@DataPath Path weights, Path log) implements Configurable {}

    /** A model whose weights count by their content. */
    @ConfigType("data.by-content")
    record ByContent(@DataPath @Content Path weights) implements Configurable {}

    /** A task that is its own result, with a file of its job beside the data that it reads. */
    @ConfigType("data.learn")
    record Learn(
            @DataPath @Content Path weights,
            @GeneratedPath("log") Path log) implements SelfTask<Learn> {
        @Override
        public void execute(TaskContext context) {}
    }

    @BeforeEach
    void learn() throws IOException {
        workspace = folder.toRealPath().resolve("workspace");
        Path job = Files.createDirectories(workspace.resolve("jobs").resolve(JOB));
        weights = Files.writeString(job.resolve("weights.bin"), "learned");
        file = Files.createDirectory(folder.resolve("saved")).resolve("best.json");
    }

    @Test
    void load_fileAndDataAlone_hasTheIdentifierAndNeedsNoJob() throws IOException {
        Config<Model> model = made(config(Model.class, "weights", weights));
        Config.save(model, file);
        Folders.delete(workspace);
        Path there = Files.move(file.getParent(), folder.resolve("elsewhere"));

        Config<Model> loaded = Config.load(there.resolve("best.json"), Model.class);

        assertThat(loaded.id()).isEqualTo(model.id());
        assertThat(loaded.value().weights()).hasContent("learned").startsWith(there);
        List<TaskDependency> needed = Dependencies.of(node(config(User.class, "model", loaded)), workspace);
        assertThat(needed).extracting(TaskDependency::id).containsExactly(MAKER);
        assertThat(SavedData.isComplete(needed.get(0).elsewhere(), JOB)).isTrue();
        assertThat(SavedData.isComplete(there, JOB)).isFalse();
    }

    @Test
    void load_dataWhereItWas_isUsedThere_andTheCopyAfterAChange() throws IOException {
        Config.save(made(config(Model.class, "weights", weights)), file);
        assertThat(Config.load(file, Model.class).value().weights()).isEqualTo(weights);

        Files.writeString(weights, "learned again");
        Path copy = Config.load(file, Model.class).value().weights();

        assertThat(copy).hasContent("learned").isNotEqualTo(weights);
        Files.writeString(copy, "changed");
        assertThatThrownBy(() -> Config.load(file, Model.class))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Cannot find the data " + weights + " of parameter weights of data.model: "
                        + "the content of " + copy + " was changed after it had been saved; save it again");
        Folders.delete(copy);
        assertThatThrownBy(() -> Config.load(file, Model.class))
                .hasMessageContaining("it is neither there nor in ")
                .hasMessageEndingWith("bring the folder along with the file");
    }

    @Test
    void load_withoutTheFolderOfData_saysWhatToBring() throws IOException {
        Config.save(made(config(Model.class, "weights", weights)), file);
        Path moved = Files.move(file, folder.resolve("best.json"));

        assertThatThrownBy(() -> Config.load(moved, Model.class))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("bring the folder best.data along with the file");
    }

    @Test
    void save_otherData_replacesTheFormerAndKeepsNothingElse() throws IOException {
        Config.save(made(config(Model.class, "weights", weights)), file);
        Path other = Files.createDirectory(weights.resolveSibling("other"));
        Files.writeString(Files.createDirectory(other.resolve("part")).resolve("x"), "1");
        Config.save(made(config(Model.class, "weights", other)), file);

        Path data = file.resolveSibling("best.data/jobs").resolve(JOB);
        assertThat(data.resolve("other/part/x")).hasContent("1");
        assertThat(data.resolve("weights.bin")).doesNotExist();
        Folders.delete(workspace);
        assertThat(Config.load(file, Model.class).value().weights()).isEqualTo(data.resolve("other"));
    }

    @Test
    void save_somethingThatDoesNotTravel_stillNeedsTheJob() throws IOException {
        Path log = Files.writeString(weights.resolveSibling("log"), "");
        Config.save(made(config(Logged.class, "weights", weights, "log", log)), file);

        assertThat(SavedData.isComplete(file.resolveSibling("best.data"), JOB)).isFalse();
    }

    @Test
    void save_taskThatIsItsOwnResultWithGeneratedPaths_stillNeedsTheJob() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside.bin"), "pretrained");
        Config<Learn> learn = config(Learn.class, "weights", outside);
        Path job = workspace.resolve("jobs/data.learn").resolve(learn.id().toString());
        Config.save(Outputs.of((ConfigNode<?>) Node.of(learn), job), file);

        assertThat(SavedData.isComplete(file.resolveSibling("best.data"), "data.learn/" + learn.id()))
                .isFalse();
    }

    @Test
    void save_loadedCopyDuringARun_isSavedAgain() throws IOException {
        Config.save(made(config(Model.class, "weights", weights)), file);
        Folders.delete(workspace);
        Path again = Files.createDirectory(folder.resolve("again")).resolve("best.json");

        // The saved file may be below the workspace, as those of xp.save are.
        try (RunWorkspaces.Entry run = RunWorkspaces.enter(file.getParent(), job -> false)) {
            Config.save(Config.load(file, Model.class), again);
        }
        Folders.delete(file.getParent());

        assertThat(Config.load(again, Model.class).value().weights()).hasContent("learned");
    }

    @Test
    void load_dataThatCountsByContent_isFoundByIt() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside.bin"), "pretrained");
        Config<ByContent> config = config(ByContent.class, "weights", outside);
        Config.save(config, file);
        Files.delete(outside);

        Config<ByContent> loaded = Config.load(file, ByContent.class);

        assertThat(loaded.value().weights()).hasContent("pretrained").hasFileName("outside.bin");
        assertThat(loaded.id()).isEqualTo(config.id());
    }

    @Test
    void save_whatCannotTravel_isAnErrorThatSaysWhatToDo() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside.bin"), "pretrained");
        assertThatThrownBy(() -> Config.save(config(Model.class, "weights", outside), file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Cannot save the data weights of data.model/")
                .hasMessageEndingWith("mark it with @Content, too, or use a path below a named root");
        Config<Model> early = made(config(Model.class, "weights", weights.resolveSibling("later")));
        assertThatThrownBy(() -> Config.save(early, file))
                .hasMessageEndingWith("it is not there; save when its job is done, such as after xp.await");
        Config<Model> running = made(config(Model.class, "weights", weights));
        try (RunWorkspaces.Entry run = RunWorkspaces.enter(workspace, job -> false)) {
            assertThatThrownBy(() -> Config.save(running, file))
                    .hasMessageEndingWith("the job that makes it is not done; save when its job is done, such as after "
                            + "xp.await");
        }
        assertThat(file).doesNotExist();
        Config.save(running, file);
    }

    private <T> Config<T> made(Config<T> config) {
        Path job = workspace.resolve("jobs").resolve(JOB);
        return ((ConfigNode<T>) Node.of(config)).producedBy(new Producer("data.learn", MAKER, job, null));
    }

    private static ConfigNode<?> node(Config<?> config) {
        return (ConfigNode<?>) Node.of(config);
    }

    private static <T> Config<T> config(Class<T> type, Object... namesAndValues) {
        var builder = Config.builder(type);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.set((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }
}
