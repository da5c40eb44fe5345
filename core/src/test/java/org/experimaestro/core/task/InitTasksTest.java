package org.experimaestro.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.ConfigConstructor;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigId;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Default;
import org.experimaestro.Dependency;
import org.experimaestro.InitTask;
import org.experimaestro.SelfTask;
import org.experimaestro.Tags;
import org.experimaestro.Task;
import org.experimaestro.TaskContext;
import org.experimaestro.core.serial.ConfigurationReader;
import org.experimaestro.core.serial.ConfigurationWriter;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.ValueTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks with init tasks, and tasks that wait for others without using them: identifiers, dependencies, files. */
class InitTasksTest {
    @TempDir
    private Path workspace;

    /** A configuration with a state that its constructor does not make. */
    @ConfigType("init.box")
    static final class Box implements Configurable {
        private final String name;

        @ConfigConstructor
        Box(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }
    }

    /** An init task. */
    @ConfigType("init.fill")
    record FillBox(Box box, int value) implements InitTask {
        @Override
        public void init(TaskContext context) {}
    }

    /** A task that makes an init task. */
    @ConfigType("init.learn")
    record Learn(Box box) implements Task<FillBox> {
        @Override
        public void execute(TaskContext context) {}

        @Override
        public FillBox outputs(Dependency dep) {
            return dep.on(new FillBox(box, 7));
        }
    }

    /** A task. */
    @ConfigType("init.use")
    record Use(Box box, @Default("[]") List<Box> more) implements SelfTask<Use> {
        @Override
        public void execute(TaskContext context) {}
    }

    /** A task whose result is what it was given. */
    @ConfigType("init.pass")
    record Pass(Box box, int rate) implements Task<Box> {
        @Override
        public void execute(TaskContext context) {}

        @Override
        public Box outputs(Dependency dep) {
            return dep.on(box);
        }
    }

    private static final Config<Box> BOX =
            Config.builder(Box.class).set("name", "a").build();
    private static final Config<Use> USE =
            Config.builder(Use.class).set("box", BOX).build();

    @Test
    void init_countsWithItsOrderAndInVariations() {
        Config<FillBox> one = fill(BOX, 1);
        Config<FillBox> two = fill(BOX, 2);
        Config<Use> both = USE.init(one).init(two);

        assertThat(List.of(
                        USE.id(),
                        USE.init(one).id(),
                        both.id(),
                        USE.init(two).init(one).id()))
                .doesNotHaveDuplicates();
        assertThat(both.toBuilder().build().id()).isEqualTo(both.id());
        assertThat(USE.init(fill(BOX.tag("k", 1), 1)).id())
                .isEqualTo(USE.init(one).id());
    }

    @Test
    void init_tagsOfTheInitTask_areInherited() {
        assertThat(Tags.tags(USE.init(fill(BOX, 1).tag("rate", 3)))).containsEntry("rate", 3);
    }

    @Test
    void of_initTasksAndAfter_areDependenciesOfTheTask() {
        Config<FillBox> learned = learned("a");
        Config<FillBox> other = learned("b");
        Config<Use> task = USE.init(fill(BOX, 1)).init(learned).after(other);

        assertThat(task.id()).isEqualTo(USE.init(fill(BOX, 1)).init(learned).id());
        assertThat(Dependencies.of(node(task), workspace))
                .extracting(TaskDependency::id, TaskDependency::place)
                .containsExactly(tuple(maker(learned), "(init 2)"), tuple(maker(other), "(after)"));
    }

    @Test
    void parameters_writtenAndRead_haveTheInitTasksAndOneObjectForEachConfiguration() {
        Config<Use> task = Config.builder(Use.class)
                .set("box", BOX.tag("k", 1))
                .set("more", List.of(BOX, BOX.stopTags()))
                .build()
                .init(fill(BOX, 1));

        ConfigNode<?> read = reread(task);

        assertThat(read.id()).isEqualTo(task.id());
        ValueTree tree = ValueTree.ofJob(read, workspace);
        Use use = (Use) tree.value((Config<?>) read);
        FillBox fill = (FillBox) tree.value((Config<?>) read.inits().get(0));
        assertThat(fill.value()).isEqualTo(1);
        assertThat(use.box())
                .isSameAs(fill.box())
                .isSameAs(use.more().get(0))
                .isSameAs(use.more().get(1));
    }

    @Test
    void of_objectThatIsEqualToThatOfAnInitTask_isRefused() {
        Config<Box> equal = Config.builder(Box.class).set("name", "a").build();
        Config<Use> task = USE.init(fill(equal, 1));

        assertThatThrownBy(() -> Outputs.of(node(task), folder(task)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("it uses another")
                .hasMessageContaining("give both the same handle");
    }

    @Test
    void of_parameterThatDoesNotCount_countsAsAResult() {
        Config<Use> one = Config.builder(Use.class).set("box", passed(1)).build();
        Config<Use> two = Config.builder(Use.class).set("box", passed(2)).build();

        assertThat(one.id()).isNotEqualTo(two.id());
    }

    @SuppressWarnings("unchecked") // that is what the task makes
    private Config<Box> passed(int rate) {
        Config<Pass> pass = Config.builder(Pass.class)
                .set("box", BOX.asMeta())
                .set("rate", rate)
                .build();
        return (Config<Box>) Outputs.of(node(pass), folder(pass));
    }

    @Test
    void values_withoutInitTasks_areOneForEachHandle() {
        Config<Use> task = Config.builder(Use.class)
                .set("box", BOX)
                .set("more", List.of(BOX.tag("k", 1)))
                .build();

        ConfigNode<?> read = reread(task);
        Use use = (Use) ValueTree.ofJob(read, workspace).value((Config<?>) read);

        assertThat(use.box()).isNotSameAs(use.more().get(0));
    }

    @Test
    void init_whereItHasNoMeaning_isAnErrorThatSaysWhatToDo() {
        assertThatThrownBy(() -> BOX.init(fill(BOX, 1)))
                .isInstanceOf(ConfigException.class)
                .hasMessageMatching(".*Cannot give an init task to init\\.box/[0-9a-f]{8}: "
                        + "it is not a task; do it for the task that you submit");
        Config<?> submitted = Outputs.of(node(USE), folder(USE));
        assertThatThrownBy(() -> submitted.init(fill(BOX, 1)))
                .hasMessageContaining("it is what a submission returned; do it before the task is submitted");
        assertThatThrownBy(() -> USE.init(unchecked(BOX))).hasMessageContaining("does not implement InitTask");
    }

    @Test
    void after_whatNoTaskMakes_isAnErrorThatSaysWhatToDo() {
        assertThatThrownBy(() -> USE.after(BOX))
                .isInstanceOf(ConfigException.class)
                .hasMessageMatching(".*Cannot let wait init\\.use/[0-9a-f]{8}: "
                        + "no task makes init\\.box/[0-9a-f]{8}; pass what submit returned");
    }

    @Test
    void dependencies_ofConfigurationsThatDoNotCount_stay() {
        Config<FillBox> learned = learned("a");
        Config<Use> task = USE.init(fill(BOX, 1)).after(learned.asMeta());

        assertThat(Dependencies.of(node(task), workspace))
                .extracting(TaskDependency::id)
                .containsExactly(maker(learned));
    }

    private ConfigNode<?> reread(Config<?> task) {
        String text = ConfigurationWriter.write(task, workspace, "../../../..", null);
        Path file = folder(task).resolve(".experimaestro/params.json");
        return (ConfigNode<?>) Node.of((Config<?>) ConfigurationReader.readParameters(
                        text.getBytes(StandardCharsets.UTF_8), file, getClass().getClassLoader())
                .value());
    }

    private Config<FillBox> learned(String name) {
        Config<Box> box = Config.builder(Box.class).set("name", name).build();
        Config<Learn> learn = Config.builder(Learn.class).set("box", box).build();
        return typed(Outputs.of(node(learn), folder(learn)));
    }

    @SuppressWarnings("unchecked") // that is what the task makes
    private static Config<FillBox> typed(Config<?> output) {
        return (Config<FillBox>) output;
    }

    @SuppressWarnings("unchecked") // wrong, as in a plan with raw types
    private static Config<? extends InitTask> unchecked(Config<?> config) {
        return (Config<? extends InitTask>) config;
    }

    private static ConfigId maker(Config<?> output) {
        return java.util.Objects.requireNonNull(node(output).producer()).id();
    }

    private Path folder(Config<?> task) {
        return workspace.resolve("jobs").resolve(task.type()).resolve(task.id().toString());
    }

    private static ConfigNode<?> node(Config<?> config) {
        return (ConfigNode<?>) Node.of(config);
    }

    private static Config<FillBox> fill(Config<Box> box, int value) {
        return Config.builder(FillBox.class).set("box", box).set("value", value).build();
    }
}
