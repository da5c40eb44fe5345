package org.experimaestro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.experimaestro.core.serial.ConfigurationReader;
import org.experimaestro.core.task.Outputs;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.ValueTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers of constructor calls that {@link Configurable} documents. */
class ConstructorCallsTest {
    private static final List<String> CALLS = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path folder;

    @ConfigType("calls.part")
    record Part(int number) implements Configurable {
        Part {
            CALLS.add("part");
            if (number < 0) {
                throw new IllegalArgumentException("number is negative");
            }
        }
    }

    @ConfigType("calls.pair")
    record Pair(Part one, Part other) implements Configurable {
        Pair {
            CALLS.add("pair");
        }
    }

    @ConfigType("calls.learn")
    record Learn(Part part, @GeneratedPath("out") Path out) implements SelfTask<Learn> {
        Learn {
            CALLS.add("learn");
        }

        @Override
        public void execute(TaskContext context) {}
    }

    @ConfigType("calls.model")
    record Model(Part part, Path file) implements Configurable {
        Model {
            CALLS.add("model");
        }
    }

    @ConfigType("calls.train")
    record Train(Part part, @GeneratedPath("out") Path out) implements Task<Model> {
        Train {
            CALLS.add("train");
        }

        @Override
        public void execute(TaskContext context) {}

        @Override
        public Model outputs(Dependency dep) {
            return dep.on(new Model(part, out));
        }
    }

    @BeforeEach
    void forget() {
        CALLS.clear();
    }

    @Test
    void build_once_callsEachConstructorOnce() {
        Config<Part> part = part(1);
        assertThat(calls()).containsExactly("part");
        pair(part, part);
        assertThat(calls()).containsExactly("pair");
    }

    @Test
    void build_refusedArgument_saysSoWithTheLineOfThePlan() {
        assertThatThrownBy(() -> part(-1))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("ConstructorCallsTest.java:")
                .hasMessageContaining("Cannot build calls.part with number = -1: number is negative");
    }

    @Test
    void tag_handleThatIsUsedAfterwards_callsNoConstructor() {
        Config<Part> tagged = part(1).tag("a", 1).stopTags().tag("b", 2);
        assertThat(calls()).containsExactly("part");
        Config<Learn> learn = build(Learn.class, "part", tagged).tag("c", 3);
        assertThat(calls()).containsExactly("learn");
        assertThat(learn.get(Learn::part)).isSameAs(tagged);
        assertThat(calls()).isEmpty();
    }

    @Test
    void tag_twinsOfOneConfiguration_callTheConstructorOnceForEachThatIsUsed() {
        Config<Part> plain = part(1);
        Config<Part> tagged = plain.tag("a", 1);
        plain.tag("b", 2);
        calls();
        Config<Pair> pair = pair(plain, tagged);
        assertThat(calls()).containsExactlyInAnyOrder("part", "pair");
        assertThat(pair.get(Pair::one)).isSameAs(plain);
        assertThat(pair.get(Pair::other)).isSameAs(tagged);
        assertThat(calls()).isEmpty();
    }

    @Test
    void get_ofAHandleThatThreadsShare_callsItsConstructorOnce() throws Exception {
        Config<Part> part = part(1);
        Config<Learn> learn = build(Learn.class, "part", part);
        Config<Learn> twin = learn.tag("a", 1);
        assertThat(learn.get(Learn::part)).isSameAs(part);
        calls();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Config<Part>>> found = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            found.add(threads.submit(() -> twin.get(Learn::part)));
        }
        for (Future<Config<Part>> each : found) {
            assertThat(each.get()).isSameAs(part);
        }
        threads.shutdown();
        assertThat(calls()).containsExactly("learn");
    }

    @Test
    void outputs_taskOfItself_callsEachConstructorOnce() {
        Config<Learn> learn = build(Learn.class, "part", part(1).tag("a", 1));
        calls();
        Config<?> output = Outputs.of((ConfigNode<?>) Node.of(learn), folder);
        assertThat(calls()).containsExactly("part", "learn");
        assertThat(((Learn) Node.of(output).planValue()).out()).isEqualTo(folder.resolve("out"));
        assertThat(calls()).containsExactly("learn");
    }

    @Test
    void outputs_newConfiguration_callsItsConstructorOnceMoreThanTheTask() {
        Config<Train> train = build(Train.class, "part", part(1));
        calls();
        Outputs.of((ConfigNode<?>) Node.of(train), folder);
        assertThat(calls()).containsExactly("part", "train", "model", "model");
    }

    @Test
    void readParameters_ofAJob_callsEachConstructorOnceForTheValue() throws IOException {
        Config<Part> made = part(1).tag("a", 1).stopTags();
        Path file = folder.resolve("params.json");
        Config.save(build(Learn.class, "part", made), file);
        calls();
        Object read = ConfigurationReader.readParameters(
                        Files.readAllBytes(file), file, getClass().getClassLoader())
                .value();
        assertThat(calls()).isEmpty();
        ConfigNode<?> node = (ConfigNode<?>) read;
        Learn task = (Learn) new ValueTree(node, folder).value(node);
        assertThat(calls()).containsExactly("part", "learn");
        assertThat(task).isEqualTo(new Learn(new Part(1), folder.resolve("out")));
    }

    @Test
    void load_savedConfiguration_callsEachConstructorOnce() {
        Path file = folder.resolve("saved.json");
        Config.save(build(Learn.class, "part", part(1).stopTags()), file);
        calls();
        Config.load(file, Learn.class);
        assertThat(calls()).containsExactly("part", "learn");
    }

    @Test
    void value_ofAHandle_callsEachConstructorOnce() {
        Config<Learn> learn = build(Learn.class, "part", part(1).tag("a", 1));
        calls();
        learn.value();
        assertThat(calls()).containsExactly("part", "learn");
    }

    /** Returns the constructors that have run since the last call. */
    private static List<String> calls() {
        List<String> calls = List.copyOf(CALLS);
        CALLS.clear();
        return calls;
    }

    private static Config<Part> part(int number) {
        return build(Part.class, "number", number);
    }

    private static Config<Pair> pair(Config<Part> one, Config<Part> other) {
        return build(Pair.class, "one", one, "other", other);
    }

    private static <T> Config<T> build(Class<T> type, Object... namesAndValues) {
        NamedBuilder<T> builder = Config.builder(type);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.set((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }
}
