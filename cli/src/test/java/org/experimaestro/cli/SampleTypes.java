package org.experimaestro.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.experimaestro.processor.ConfigProcessor;

/** Configuration types of a user, compiled with the annotation processor into a folder of their own. */
public final class SampleTypes {
    private static final Map<String, String> SOURCES = Map.of(
            "Optimizer", "public interface Optimizer extends Configurable {}",
            "Adam", """
                    /**
                     * The Adam optimizer.
                     *
                     * @param lr learning rate; positive
                     * @param eps added to the denominator
                     */
                    @ConfigType("sample.adam")
                    public record Adam(@Default("1e-3") double lr, @Default("1e-8") double eps) implements Optimizer {}
                    """,
            "Descent", """
                    @ConfigType("sample.descent")
                    public record Descent(double lr, @Default("0.9") float momentum,
                            @Default("[]") List<Float> rates) implements Optimizer {}
                    """,
            "Model", """
                    /**
                     * A model.
                     *
                     * @param layers number of layers
                     */
                    @ConfigType("sample.model")
                    public record Model(int layers) implements Configurable {}
                    """,
            "LearnedModel", """
                    @ConfigType("sample.learned-model")
                    public record LearnedModel(Model model, Path path) implements Configurable {}
                    """,
            "Learn", """
                    /**
                     * Learns a model.
                     *
                     * @param model the model to learn
                     * @param optimizer the optimizer
                     * @param epochs number of times to go through the examples
                     * @param gpus number of GPUs: changes how fast the model is learned, not what is learned
                     * @param modelPath the file to write the weights to
                     */
                    @ConfigType(value = "sample.learn", version = 2)
                    public record Learn(Model model, Optimizer optimizer, @Range(min = 1) int epochs,
                            @Meta @Default("2") int gpus, @GeneratedPath("model.bin") Path modelPath)
                            implements Task<LearnedModel> {
                        @Override public void execute(TaskContext context) {}
                        @Override public LearnedModel outputs(Dependency dep) {
                            return dep.on(new LearnedModel(model, modelPath));
                        }
                    }
                    """,
            "Schedule", """
                    @ConfigType("sample.schedule")
                    public record Schedule(@Default(value = "0.75", was = "0.4") double rate,
                            @Default(value = "3", was = Default.ABSENT) Optional<Integer> limit,
                            @Default(value = Default.ABSENT, was = "5") Optional<Integer> patience,
                            @DefaultFrom(value = "fast", was = "slow") Adam adam) implements SelfTask<Schedule> {
                        static Config<Adam> fast() { return Config.builder(Adam.class).set("lr", 0.5).build(); }
                        static Config<Adam> slow() { return Config.builder(Adam.class).build(); }
                        @Override public void execute(TaskContext context) {}
                    }
                    """,
            "Search", """
                    @ConfigType("sample.search")
                    public record Search(@Default("0.4") double rate, @Default("data/words.txt") Path words,
                            @Default("10") int most) implements SelfTask<Search> {
                        @Override public void execute(TaskContext context) {}
                    }
                    """,
            "Evaluate", """
                    /** Measures how good a model is. */
                    @ConfigType("sample.evaluate")
                    public record Evaluate(LearnedModel model, @Default("[1, 10]") List<Integer> cutoffs,
                            @OneOf({"fast", "exact"}) @Default("fast") String mode) implements SelfTask<Evaluate> {
                        @Override public void execute(TaskContext context) {}
                    }
                    """);

    private static final Path FOLDER =
            Path.of("target", "sample-types-" + ProcessHandle.current().pid()).toAbsolutePath();
    private static final URLClassLoader CLASSES = compile();

    private SampleTypes() {}

    /** The folder of the compiled classes, and of what describes them. */
    public static Path folder() {
        return FOLDER;
    }

    public static Class<?> type(String name) {
        try {
            return Class.forName("sample." + name, true, CLASSES);
        } catch (ClassNotFoundException missing) {
            throw new AssertionError(missing);
        }
    }

    private static URLClassLoader compile() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<Source> sources = SOURCES.entrySet().stream()
                .map(source -> new Source(source.getKey(), source.getValue()))
                .toList();
        try {
            Files.createDirectories(FOLDER);
            var task = compiler.getTask(
                    null,
                    null,
                    problems,
                    List.of("-d", FOLDER.toString(), "-cp", System.getProperty("java.class.path"), "-proc:full"),
                    null,
                    sources);
            task.setProcessors(List.of(new ConfigProcessor()));
            if (!task.call()) {
                throw new AssertionError(
                        problems.getDiagnostics().stream().map(Object::toString).collect(Collectors.joining("\n")));
            }
            return new URLClassLoader(new URL[] {FOLDER.toUri().toURL()}, SampleTypes.class.getClassLoader());
        } catch (MalformedURLException impossible) {
            throw new AssertionError(impossible);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private static final String HEAD = """
                package sample;
                import java.nio.file.Path;
                import java.util.List;
                import java.util.Optional;
                import org.experimaestro.*;
                """;
        private final String text;

        private Source(String name, String text) {
            super(URI.create("string:///sample/" + name + ".java"), Kind.SOURCE);
            this.text = HEAD + text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
