package org.experimaestro.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.experimaestro.core.task.OutputTasks.config;
import static org.experimaestro.core.task.OutputTasks.leaf;
import static org.experimaestro.core.task.OutputTasks.pair;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.Dependency;
import org.experimaestro.Tags;
import org.experimaestro.core.task.OutputTasks.Branch;
import org.experimaestro.core.task.OutputTasks.Empty;
import org.experimaestro.core.task.OutputTasks.Flexible;
import org.experimaestro.core.task.OutputTasks.HoldsPath;
import org.experimaestro.core.task.OutputTasks.Leaf;
import org.experimaestro.core.task.OutputTasks.Model;
import org.experimaestro.core.task.OutputTasks.Pair;
import org.experimaestro.core.task.OutputTasks.Part;
import org.experimaestro.core.task.OutputTasks.Self;
import org.experimaestro.core.task.OutputTasks.Working;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.Producer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The handle that a plan gets for the result of the method {@code outputs}. */
class OutputsTest {
    private static final Path WORKSPACE = Path.of("/workspace");
    private static final Config<Leaf> A = leaf("a").tag("who", "a");
    private static final Config<Leaf> B = leaf("b");

    @Test
    void outputs_handles_haveOneInstanceEach() {
        List<Part> seen = new ArrayList<>();
        of(pair(A, A), A, (task, dep) -> {
            Pair pair = (Pair) task.a();
            seen.addAll(List.of(pair.left(), pair.right(), task.b()));
            return pair;
        });
        assertThat(seen.get(0)).isSameAs(seen.get(1)).isSameAs(seen.get(2));

        List<Part> twins = new ArrayList<>();
        of(leaf("same"), leaf("same"), (task, dep) -> {
            twins.addAll(List.of(task.a(), task.b()));
            return task.a();
        });
        assertThat(twins.get(0)).isNotSameAs(twins.get(1)).isEqualTo(twins.get(1));
    }

    @Test
    void outputs_generatedPaths_areAbsolute() {
        Config<?> model = of(A, B, (task, dep) -> dep.on(new Model(task.a(), task.file())));
        Config<Flexible> task = task(A, B);
        assertThat(((Model) model.value()).file()).isEqualTo(folder(task).resolve("model.bin"));
    }

    @Test
    void outputs_parameters_areTheirHandlesAtAnyDepth() {
        Config<Branch> branch =
                config(Branch.class, "parts", List.of(A, B), "named", Map.of("x", pair(A, B)), "best", Optional.of(B));
        assertThat(of(branch, B, (task, dep) -> task.a())).isSameAs(branch);
        assertThat(of(branch, B, (task, dep) -> ((Branch) task.a()).parts().get(0)))
                .isSameAs(A);
        assertThat(of(branch, B, (task, dep) -> ((Branch) task.a()).best().orElseThrow()))
                .isSameAs(B);
        assertThat(of(
                        branch,
                        A,
                        (task, dep) -> ((Pair) ((Branch) task.a()).named().get("x")).right()))
                .isSameAs(B);
    }

    @Test
    void outputs_listMapSetAndOptional_holdTheHandles() {
        List<Config<Object>> list = Config.elements(cast(of(A, B, (task, dep) -> List.of(task.b(), task.a()))));
        assertThat(list.get(0)).isSameAs(B);
        assertThat(list.get(1)).isSameAs(A);
        Map<String, Config<Object>> map = Config.entries(cast(of(A, B, (task, dep) -> Map.of("k", task.a()))));
        assertThat(map.get("k")).isSameAs(A);
        assertThat(Config.elements(cast(of(A, B, (task, dep) -> Set.of(task.a()))))
                        .get(0))
                .isSameAs(A);
        Config<Optional<Object>> present = cast(of(A, B, (task, dep) -> Optional.of(task.a())));
        assertThat(Config.present(present).orElseThrow()).isSameAs(A);
        Config<Optional<Object>> absent = cast(of(A, B, (task, dep) -> Optional.empty()));
        assertThat(Config.present(absent)).isEmpty();
        List<Config<Object>> marked =
                Config.elements(cast(of(A, B, (task, dep) -> dep.on(List.of(task.a(), task.b())))));
        assertThat(marked)
                .allSatisfy(config -> assertThat(producer(config).typeId()).isEqualTo("out.task"));
    }

    @Test
    void outputs_newConfiguration_keepsTheHandlesInsideIt() {
        Config<Pair> made = cast(of(A, B, (task, dep) -> dep.on(new Pair(task.b(), task.a()))));
        Config<Part> left = made.get(Pair::left);
        Config<Part> right = made.get(Pair::right);
        assertThat(left.id()).isEqualTo(B.id());
        assertThat(right.id()).isEqualTo(A.id());
        assertThat(Tags.tags(made)).containsEntry("who", "a");
        assertThat(producer(made).id()).isEqualTo(task(A, B).id());
        assertThat(made.id()).isNotEqualTo(pair(B, A).id());
    }

    @Test
    void on_parameter_isANewInstanceAndLeavesTheOriginalUnmarked() {
        List<Object> same = new ArrayList<>();
        Config<Pair> made = cast(of(A, B, (task, dep) -> {
            Part marked = dep.on(task.a());
            same.add(marked == task.a());
            same.add(dep.on(marked) == marked);
            return dep.on(new Pair(marked, task.a()));
        }));
        assertThat(same).containsExactly(false, true);
        Config<Part> marked = made.get(Pair::left);
        Config<Part> original = made.get(Pair::right);
        assertThat(producer(marked).typeId()).isEqualTo("out.task");
        assertThat(((ConfigNode<?>) Node.of(original)).producer()).isNull();
        assertThat(original.id()).isEqualTo(A.id()).isNotEqualTo(marked.id());
        assertThat(Tags.tags(marked)).containsEntry("who", "a");
    }

    @Test
    void on_producedValue_replacesTheProducer() {
        Config<?> first = of(A, B, (task, dep) -> dep.on(new Model(task.a(), task.file())));
        Config<Flexible> second = task(first, B);
        Config<?> refined = outputs(second, (task, dep) -> dep.on(task.a()));
        assertThat(producer(refined).id())
                .isEqualTo(second.id())
                .isNotEqualTo(producer(first).id());
        assertThat(refined.id()).isNotEqualTo(first.id());
    }

    @Test
    void on_itself_keepsTheIdentifierAndKnowsThePaths() {
        Config<Self> self = config(Self.class, "number", 3).tag("n", 3);
        Config<Self> output = cast(Outputs.of((ConfigNode<?>) Node.of(self), folder(self)));
        assertThat(output.id()).isEqualTo(self.id());
        assertThat(output.value().file()).isEqualTo(folder(self).resolve("self.bin"));
        assertThat(Tags.tags(output)).containsEntry("n", 3);
        assertThat(producer(output).id()).isEqualTo(self.id());
    }

    @Test
    void on_taskThatMadeItself_isRefused() {
        Config<Self> self = config(Self.class, "number", 3);
        Config<?> made = Outputs.of((ConfigNode<?>) Node.of(self), folder(self));
        assertThat(of(made, B, (task, dep) -> task.a())).isSameAs(made);
        assertRefused(
                task(made, B),
                (task, dep) -> dep.on(task.a()),
                "marks the task out.self, which has made itself; "
                        + "return it as it is, or a new configuration that contains it");
    }

    @Test
    void outputs_freshValueThatEqualsAParameter_isAnErrorThatNamesIt() {
        Config<Branch> branch = config(Branch.class, "parts", List.of(A), "named", Map.of(), "best", Optional.empty());
        assertRefused(
                task(branch, B),
                (task, dep) -> List.of(new Leaf("a", 0)),
                "returned a new Leaf[name=a, seed=0] that equals the parameter a.parts but is another object, "
                        + "so that its tags and its producer would be lost; return the parameter itself");
        assertRefused(
                task(branch, B),
                (task, dep) -> dep.on(new Pair(task.a(), new Leaf("b", 0))),
                "returned a new Leaf[name=b, seed=0] that equals the parameter b but is another object, "
                        + "so that its tags and its producer would be lost; return the parameter itself");
    }

    @Test
    void outputs_newConfigurationThatIsNotMarked_isAnErrorThatNamesIt() {
        Config<Flexible> task = task(A, B);
        String suggestion = " would not depend on the task; return dep.on(…) of ";
        assertRefused(
                task,
                (value, dep) -> new Leaf("new", 1),
                "returned a new out.leaf without marking it, so that what uses it" + suggestion + "it");
        assertRefused(
                task,
                (value, dep) -> new Model(value.a(), value.file()),
                "returned a new out.model without marking it, so that what uses it" + suggestion + "it");
        assertRefused(
                task,
                (value, dep) -> new Empty(),
                "returned a new out.empty without marking it, so that what uses it" + suggestion + "it");
        assertRefused(
                task,
                (value, dep) -> new Pair(dep.on(new Leaf("new", 1)), value.a()),
                "returned a new out.pair without marking it, so that what uses it" + suggestion + "it");
        assertRefused(
                task,
                (value, dep) -> List.of(value.a(), Optional.of(Map.of("best", new Leaf("new", 1)))),
                "returned a new out.leaf at [1][best] without marking it, so that what uses it" + suggestion + "it");
        Leaf inside = new Leaf("inside", 1);
        assertRefused(
                task,
                (value, dep) -> List.of(dep.on(new Pair(inside, value.a())), inside),
                "returned a new out.leaf at [1] without marking it, so that what uses it" + suggestion + "it");
        assertRefused(
                task,
                (value, dep) -> IntStream.range(0, 7)
                        .mapToObj(seed -> new Leaf("new", seed))
                        .toList(),
                "returned a new out.leaf at [0], a new out.leaf at [1], a new out.leaf at [2], a new out.leaf at [3], "
                        + "a new out.leaf at [4] and 2 more without marking them, so that what uses them"
                        + suggestion + "each, or of the whole result");
    }

    @Test
    void outputs_withoutAnyNewConfiguration_needNoMark() {
        Config<Pair> pair = pair(A, B);
        assertThat(of(pair, B, (task, dep) -> ((Pair) task.a()).left())).isSameAs(A);
        assertThat(Config.elements(cast(of(A, B, (task, dep) -> List.of())))).isEmpty();
        assertThat(Config.entries(cast(of(A, B, (task, dep) -> Map.of())))).isEmpty();
        Config<Optional<Object>> absent = cast(of(A, B, (task, dep) -> Optional.empty()));
        assertThat(Config.present(absent)).isEmpty();
        assertThat(Config.elements(cast(of(A, B, (task, dep) -> List.of(task.a(), dep.on(new Leaf("new", 1)))))))
                .hasSize(2);
    }

    @Test
    void outputs_insideOfAMarkedConfiguration_needNoMark() {
        Config<Branch> made = cast(of(
                A,
                B,
                (task, dep) -> dep.on(new Branch(
                        List.of(new Leaf("new", 1), task.a()),
                        Map.of("pair", new Pair(new Leaf("new", 2), task.b())),
                        Optional.of(new Empty())))));
        assertThat(producer(made).id()).isEqualTo(task(A, B).id());
        Config<List<Part>> parts = made.get(Branch::parts);
        assertThat(Config.elements(parts).get(1).id()).isEqualTo(A.id());
    }

    @Test
    void outputs_setAndMap_haveTheSameOrderWhateverTheTasksWas() {
        List<Part> leaves = IntStream.range(0, 20)
                .mapToObj(seed -> (Part) new Leaf("new", seed))
                .toList();
        List<Part> reversed = new ArrayList<>(leaves);
        Collections.reverse(reversed);
        assertThat(setOf(leaves)).isEqualTo(setOf(reversed)).isSorted();
        Map<String, Config<Object>> entries = Config.entries(cast(of(A, B, (task, dep) -> {
            Map<String, Part> map = new LinkedHashMap<>();
            reversed.forEach(part -> map.put("k" + (10 + ((Leaf) part).seed()), part));
            return dep.on(map);
        })));
        assertThat(new ArrayList<>(entries.keySet())).isSorted().hasSize(20);
    }

    private static List<String> setOf(List<Part> parts) {
        return Config.elements(cast(of(A, B, (task, dep) -> dep.on(new LinkedHashSet<>(parts))))).stream()
                .map(config -> config.id().toString())
                .toList();
    }

    @Test
    void outputs_newPairWithAMarkedPart_doesNotEqualTheParameter() {
        Config<Pair> made = cast(of(pair(A, B), B, (task, dep) -> {
            Pair pair = (Pair) task.a();
            return dep.on(new Pair(dep.on(pair.left()), pair.right()));
        }));
        assertThat(producer(made).typeId()).isEqualTo("out.task");
        assertThat(producer(made.get(Pair::left)).typeId()).isEqualTo("out.task");
    }

    @Test
    void outputs_freshValueWithoutParameters_isNotTakenForAParameter() {
        Config<?> made = of(config(Empty.class), B, (task, dep) -> dep.on(new Empty()));
        assertThat(producer(made).typeId()).isEqualTo("out.task");
    }

    @Test
    void outputs_whatCannotBeAHandle_isRefused() {
        Config<Flexible> task = task(A, B);
        assertRefused(task, (value, dep) -> null, "returned null; return what the task makes");
        assertRefused(
                task,
                (value, dep) -> "text",
                "returned text (String); return a configuration, or a list, map or optional of configurations");
        assertRefused(
                task,
                (value, dep) -> List.of(1),
                "returned 1 (Integer); return a configuration, or a list, map or optional of configurations");
        assertRefused(task, (value, dep) -> value, "returned the task itself without marking it; return dep.on(this)");
        assertRefused(
                task,
                (value, dep) -> new Pair(value, value.a()),
                "returned the task itself without marking it; return dep.on(this)");
        assertRefused(
                task,
                (value, dep) -> dep.on(new Self(1, List.of(), Path.of("x"))),
                "returned the new task out.self, which nobody has submitted; "
                        + "return a configuration that is not a task, or dep.on(this)");
        assertRefused(task, (value, dep) -> dep.on("text"), "marks text as a dependency, which is not a configuration");
        assertRefused(
                task,
                (value, dep) -> {
                    throw new IllegalStateException("no idea");
                },
                "failed: java.lang.IllegalStateException: no idea");
    }

    @Test
    void outputs_sameNewValueTwice_isOneHandle() {
        List<Config<Object>> list = Config.elements(cast(of(A, B, (task, dep) -> {
            Leaf made = dep.on(new Leaf("made", 1));
            return List.of(made, made);
        })));
        assertThat(list.get(0)).isSameAs(list.get(1));
    }

    @Test
    @Timeout(120)
    void outputs_parametersThatShareMuch_takeNoTimeToSpeakOf() {
        Config<?> diamond = A;
        for (int level = 0; level < 40; level++) {
            diamond = pair(diamond, diamond);
        }
        Config<?> widest = diamond;
        assertThat(of(widest, B, (task, dep) -> task.b())).isSameAs(B);
        Config<?> chain = A;
        for (int level = 0; level < 1_000; level++) {
            chain = pair(chain, B);
        }
        assertThat(of(chain, B, (task, dep) -> task.b())).isSameAs(B);
    }

    @Test
    void of_generatedPathsOfAConfiguration_areInAFolderOfItsOwn() {
        Config<Working> inner = config(Working.class);
        Config<Working> outer = config(Working.class, "inner", inner);
        List<Path> seen = new ArrayList<>();

        Config<?> made = of(outer, B, (task, dep) -> {
            Working working = (Working) task.a();
            seen.add(working.file());
            seen.add(((Working) working.inner().orElseThrow()).file());
            return dep.on(new HoldsPath(working.file(), List.of()));
        });

        Path job = folder(task(outer, B));
        assertThat(seen).containsExactly(job.resolve("parts/a/work"), job.resolve("parts/a/inner/work"));
        assertThat(((HoldsPath) made.value()).path()).isEqualTo(job.resolve("parts/a/work"));
    }

    @Test
    void of_configurationWithGeneratedPaths_isNoOutput() {
        Config<?> task = task(config(Working.class), B);
        String text =
                "returned the configuration out.working, whose generated paths would be others in the job of another"
                        + " task; return a new configuration that has the path as an ordinary parameter";
        assertRefused(task, (value, dep) -> value.a(), text);
        assertRefused(task, (value, dep) -> dep.on(value.a()), text);
        assertRefused(task, (value, dep) -> dep.on(new Pair(value.a(), value.b())), text);
        assertThat(outputs(task, (value, dep) -> dep.on(value)).id()).isEqualTo(task.id());
        assertRefused(
                task,
                (value, dep) -> dep.on(new Working(Optional.empty(), Path.of("x"))),
                "returned the new configuration out.working, whose generated paths the system sets; "
                        + "return one that has the path as an ordinary parameter");
    }

    @Test
    void of_generatedPathsThatAreOne_areRefused() {
        Config<?> overlaps = config(OutputTasks.Overlaps.class, "part", config(Working.class));
        assertThatThrownBy(() -> Outputs.of((ConfigNode<?>) Node.of(overlaps), folder(overlaps)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "file is parts/part/work, where those of its configurations are; write another path");
        Config<?> crosses = config(OutputTasks.Crosses.class, "inner", config(Working.class));
        assertThatThrownBy(() -> of(crosses, B, (task, dep) -> task.b()))
                .hasMessageContaining(
                        "out.working.file and out.crosses.file are both parts/a/inner/work; write another");
    }

    @Test
    void of_elementsThatDoNotCount_leaveThePathsOfTheOthers() {
        Config<Working> one = config(Working.class, "inner", A);
        Config<Working> two = config(Working.class, "inner", B);
        Config<Working> uncounted = config(Working.class, "inner", leaf("c"));

        Map<Path, Path> places = Map.of(
                places(one, two).get(0), places(one, uncounted.asMeta(), two).get(0),
                places(one, two).get(1), places(one, uncounted.asMeta(), two).get(2));

        assertThat(places).allSatisfy((with, without) -> assertThat(with).isEqualTo(without));
        assertThat(places(one, uncounted.asMeta(), two).get(1).toString()).endsWith("parts/a/parts/other-0/work");
    }

    /** Returns the generated paths of configurations in a list, in their order. */
    private static List<Path> places(Config<?>... parts) {
        List<Path> places = new ArrayList<>();
        of(
                config(Branch.class, "parts", List.of(parts), "named", Map.of(), "best", Optional.empty()),
                B,
                (task, dep) -> {
                    ((Branch) task.a()).parts().forEach(part -> places.add(((Working) part).file()));
                    return task.b();
                });
        return places;
    }

    @Test
    void of_generatedPathAboveTheFolderOfAnotherConfiguration_isRefused() {
        Config<?> covers = config(OutputTasks.Covers.class, "inner", config(Working.class));
        assertThatThrownBy(() -> of(covers, B, (task, dep) -> task.b()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "out.covers.file is parts/a/inner, where the folder of out.working is; write another path");
    }

    private static Config<Flexible> task(Config<?> a, Config<?> b) {
        return config(Flexible.class, "a", a, "b", b);
    }

    private static Config<?> of(Config<?> a, Config<?> b, BiFunction<Flexible, Dependency, Object> outputs) {
        return outputs(task(a, b), outputs);
    }

    private static Config<?> outputs(Config<?> task, BiFunction<Flexible, Dependency, Object> outputs) {
        Flexible.outputs = outputs;
        return Outputs.of((ConfigNode<?>) Node.of(task), folder(task));
    }

    private static void assertRefused(
            Config<?> task, BiFunction<Flexible, Dependency, Object> outputs, String message) {
        assertThatThrownBy(() -> outputs(task, outputs))
                .isInstanceOf(ConfigException.class)
                .hasMessageEndingWith("The method outputs of out.task " + message);
    }

    private static Path folder(Config<?> task) {
        return WORKSPACE.resolve("jobs").resolve(task.type()).resolve(task.id().toString());
    }

    private static Producer producer(Config<?> config) {
        return java.util.Objects.requireNonNull(((ConfigNode<?>) Node.of(config)).producer());
    }

    @SuppressWarnings("unchecked") // a test has the type of its task's result
    private static <T> Config<T> cast(Config<?> config) {
        return (Config<T>) config;
    }
}
