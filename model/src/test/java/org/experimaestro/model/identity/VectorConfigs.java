package org.experimaestro.model.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.Config;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.Producer;
import org.experimaestro.model.root.RootedPath;

/** The configurations of the frozen vectors, by name. New configurations go to the end; old ones stay unchanged. */
final class VectorConfigs {
    private static final String JOB = "/jobs/tutorial.learn/00112233445566778899aabbccddeeff";

    private final Map<String, Config<Sample>> configs = new LinkedHashMap<>();

    private enum Activation {
        RELU
    }

    /** Returns all configurations. */
    static Map<String, Config<Sample>> all() {
        VectorConfigs vectors = new VectorConfigs();
        vectors.addScalars();
        vectors.addDoubles();
        vectors.addPaths();
        vectors.addContents();
        vectors.addCollections();
        vectors.addRules();
        vectors.addNested();
        vectors.addRootedPaths();
        vectors.addInitTasks();
        vectors.addCountRules();
        vectors.addPartials();
        return vectors.configs;
    }

    private void addScalars() {
        configs.put("no-parameters", Sample.Type.of("tutorial.data").build());
        add("boolean-false", ValueType.BOOLEAN, false);
        add("boolean-true", ValueType.BOOLEAN, true);
        add("byte", ValueType.BYTE, (byte) -128);
        add("short", ValueType.SHORT, (short) 32767);
        add("int", ValueType.INT, 3);
        add("long", ValueType.LONG, 3L);
        add("long-min", ValueType.LONG, Long.MIN_VALUE);
        add("char", ValueType.CHAR, 'é');
        add("float", ValueType.FLOAT, 0.1f);
        add("string", ValueType.STRING, "größe");
        add("string-empty", ValueType.STRING, "");
        add("string-emoji-and-nul", ValueType.STRING, "\uD83D\uDE00\u0000");
        add("enum", ValueType.enumeration(Activation.class), Activation.RELU);
        add("duration", ValueType.DURATION, Duration.ofMinutes(5));
        add("duration-negative", ValueType.DURATION, Duration.ofMillis(-1));
    }

    /** Adds doubles, among them doubles that JDK 17 and JDK 25 print differently. */
    private void addDoubles() {
        double[] values = {
            0.0,
            -0.0,
            1.0,
            0.1,
            -1e-3,
            2.0E-3,
            Double.MIN_VALUE,
            Double.MIN_NORMAL,
            Double.MAX_VALUE,
            1.0E23,
            2.0E23,
            8.41E21,
            9.999999999999999E22,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY
        };
        for (int i = 0; i < values.length; i++) {
            add("double-" + i, ValueType.DOUBLE, values[i]);
        }
    }

    private void addPaths() {
        add("path", ValueType.PATH, Path.of("/data/../data/train.csv"));
        add("path-in-job", ValueType.PATH, Path.of("/home/me/workspace" + JOB + "/model.bin"));
        add("path-in-job-elsewhere", ValueType.PATH, Path.of("/mnt/other" + JOB + "/model.bin"));
        add("path-of-job", ValueType.PATH, Path.of("/home/me/workspace" + JOB));
    }

    private void addContents() {
        try {
            Path folder = Files.createTempDirectory("content");
            Path file = Files.writeString(folder.resolve("a.txt"), "abc\n");
            Files.writeString(Files.createDirectory(folder.resolve("sub")).resolve("größe"), "");
            Parameter x = Parameter.of("x", ValueType.PATH).withContent();
            configs.put("content-of-file", Sample.Type.of("vector.one", x).build("x", file));
            configs.put("content-of-folder", Sample.Type.of("vector.one", x).build("x", folder));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private void addCollections() {
        ValueType ints = ValueType.list(ValueType.INT);
        add("optional-present", ValueType.optional(ValueType.INT), Optional.of(3));
        add("optional-absent", ValueType.optional(ValueType.INT), Optional.empty());
        add("list-empty", ints, List.of());
        add("list", ints, List.of(3, 5, 3));
        add("list-of-lists", ValueType.list(ints), List.of(List.of(3), List.of(), List.of(5)));
        add("set", ValueType.set(ValueType.STRING), Set.of("b", "a", "aa"));
        add("map", ValueType.map(ValueType.STRING, ValueType.DOUBLE), Map.of("b", 1.0, "a", 2.0));
        add(
                "map-enum",
                ValueType.map(ValueType.enumeration(Activation.class), ints),
                Map.of(Activation.RELU, List.of()));
        add("map-int", ValueType.map(ValueType.INT, ValueType.BOOLEAN), Map.of(-1, true, 1, false));
    }

    private void addRules() {
        configs.put("version-2", new Sample.Type("tutorial.data", 2, List.of()).build());
        Sample.Type adam = Sample.Type.of(
                "tutorial.adam",
                Parameter.of("lr", ValueType.DOUBLE).withDefault(1e-3),
                Parameter.of("eps", ValueType.DOUBLE).withDefault(1e-8),
                Parameter.of("threads", ValueType.INT).withDefault(1).withMeta());
        configs.put("adam-all-defaults", adam.build());
        configs.put("adam", adam.build("lr", 1e-4, "threads", 8));
        configs.put(
                "adam-default-in-id",
                Sample.Type.of(
                                "tutorial.adam",
                                Parameter.of("lr", ValueType.DOUBLE)
                                        .withDefault(1e-3)
                                        .withDefaultInId())
                        .build());
        configs.put(
                "absent-where-default-is-present",
                Sample.Type.of(
                                "vector.optional",
                                Parameter.of("x", ValueType.optional(ValueType.INT))
                                        .withDefault(Optional.of(1)))
                        .build("x", Optional.empty()));
        configs.put(
                "many-parameters",
                Sample.Type.of(
                                "vector.many",
                                Parameter.of("z", ValueType.INT),
                                Parameter.of("a", ValueType.INT),
                                Parameter.of("aB", ValueType.INT),
                                Parameter.of("ab", ValueType.INT))
                        .build("z", 1, "a", 2, "aB", 3, "ab", 4));
    }

    private void addNested() {
        Config<Sample> adam = configs.get("adam");
        Sample.Type learn = Sample.Type.of(
                "tutorial.learn",
                Parameter.of("optimizer", Sample.TYPE),
                Parameter.of("epochs", ValueType.INT),
                Parameter.of("modelPath", ValueType.PATH).withGeneratedPath("model.bin"));
        Config<Sample> task = learn.build("optimizer", adam, "epochs", 16);
        Config<Sample> model = Sample.Type.of("tutorial.model", Parameter.of("layers", ValueType.INT))
                .build("layers", 3);
        configs.put("learn", task);
        configs.put("model", model);
        configs.put("model-made-by-learn", producedBy(task, model));
        add("list-of-configurations", ValueType.list(Sample.TYPE), List.of(adam, model, adam));
        add("map-of-configurations", ValueType.map(ValueType.STRING, Sample.TYPE), Map.of("a", adam, "m", model));
    }

    private void addRootedPaths() {
        add("path-below-root", ValueType.PATH, RootedPath.parse("data:/trec/x.tsv"));
        add("path-of-root", ValueType.PATH, RootedPath.parse("my_data-2:/"));
        add("path-below-root-in-job", ValueType.PATH, RootedPath.parse("workspace:" + JOB + "/model.bin"));
        add(
                "list-of-paths-of-all-kinds",
                ValueType.list(ValueType.PATH),
                List.of(Path.of("/trec/x.tsv"), RootedPath.parse("data:/größe"), Path.of("/mnt" + JOB)));
    }

    private void addInitTasks() {
        ConfigNode<Sample> learn = (ConfigNode<Sample>) Node.of(configs.get("learn"));
        Config<Sample> task = learn.withInit((ConfigNode<?>) Node.of(configs.get("adam")))
                .withInit((ConfigNode<?>) Node.of(configs.get("model")));
        configs.put("learn-with-init-tasks", task);
        configs.put("model-made-by-learn-with-init-tasks", producedBy(task, configs.get("model")));
    }

    private void addCountRules() {
        Config<Sample> adam = configs.get("adam");
        Config<Sample> model = configs.get("model");
        add("list-with-one-that-does-not-count", ValueType.list(Sample.TYPE), List.of(adam.asMeta(), model));
        add(
                "map-with-one-that-does-not-count",
                ValueType.map(ValueType.STRING, Sample.TYPE),
                Map.of("a", adam.asMeta(), "m", model));
        add("parameter-that-does-not-count", Sample.TYPE, adam.asMeta());
        configs.put(
                "meta-parameter-that-counts",
                Sample.Type.of(
                                "vector.meta",
                                Parameter.of("z", ValueType.INT),
                                Parameter.of("m", Sample.TYPE).withMeta(),
                                Parameter.of("n", Sample.TYPE).withMeta(),
                                Parameter.of("a", ValueType.INT))
                        .build("z", 2, "m", adam.asCounted(), "n", model, "a", 1));
    }

    /** Adds a configuration that has partial identifiers, whose own identifier does not tell. */
    private void addPartials() {
        configs.put("with-partial-identifiers", partial(16));
    }

    /** A configuration with the partial identifiers {@code checkpoints} and {@code corpus}. */
    static Config<Sample> partial(int epochs) {
        return Sample.Type.of(
                        "vector.partial",
                        Parameter.of("epochs", ValueType.INT).withLeftOutOf("checkpoints", "corpus"),
                        Parameter.of("lr", ValueType.DOUBLE).withDefault(0.1).withLeftOutOf("corpus"),
                        Parameter.of("text", ValueType.STRING))
                .build("epochs", epochs, "lr", 0.5, "text", "a");
    }

    private static Config<Sample> producedBy(Config<Sample> task, Config<Sample> config) {
        ConfigNode<?> node = (ConfigNode<?>) Node.of(task);
        Path folder = Path.of("/workspace/jobs", task.type(), task.id().toString());
        return ((ConfigNode<Sample>) Node.of(config)).producedBy(new Producer(task.type(), task.id(), folder, node));
    }

    private void add(String name, ValueType type, Object value) {
        configs.put(name, Sample.Type.of("vector.one", Parameter.of("x", type)).build("x", value));
    }
}
