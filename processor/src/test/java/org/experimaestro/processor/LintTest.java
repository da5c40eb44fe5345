package org.experimaestro.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.experimaestro.Config;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The absence of warnings for generated code in the user's build: the sources in {@code src/test/resources/lint} have
 * none.
 */
@Tag("thorough")
class LintTest {
    /** JDK 17 does not print the keys of warnings about automatic modules. */
    private static final Pattern MODULE_WARNING =
            Pattern.compile("warning: (?:\\[requires[a-z-]+] )?(requires(?: transitive)? directive|\\[[a-z-]+])");

    private static final Path FOLDER = Path.of("src/test/resources/lint");

    /** Returns the keys of {@code -Xlint} that this compiler has. */
    static Stream<String> keys() {
        StringWriter help = new StringWriter();
        ToolProvider.findFirst("javac").orElseThrow().run(new PrintWriter(help), new PrintWriter(help), "--help-lint");
        return Pattern.compile("(?m)^ {4}(\\S+) +[A-Z]")
                .matcher(help.toString())
                .results()
                .map(key -> key.group(1));
    }

    static Stream<Integer> releases() {
        return IntStream.of(17, 21, 25)
                .filter(release -> release <= Runtime.version().feature())
                .boxed();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void compile_withLintKey_hasNoWarning(String key) throws IOException {
        assertNoWarnings("-Xlint:" + key);
    }

    @ParameterizedTest
    @MethodSource("releases")
    void compile_forRelease_hasNoWarning(int release) throws IOException {
        assertNoWarnings("-Xlint:all", "--release", Integer.toString(release));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xdoclint:all", "-Xdoclint:all/public", "-parameters"})
    void compile_withOption_hasNoWarning(String option) throws IOException {
        if (option.equals("-Xdoclint:all") && Runtime.version().feature() < 21) {
            assertNoWarnings("-Xlint:all", option + "/protected"); // it wants comments of the fields of records there
        } else {
            assertNoWarnings("-Xlint:all", option);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exports lint;", "opens lint;", "exports lint to java.logging;", ""})
    void compile_asModule_hasNoWarning(String directive, @TempDir Path folder) throws Exception {
        String messages = compileModule(
                folder,
                "-Xlint:all",
                "@SuppressWarnings({\"requires-automatic\", \"requires-transitive-automatic\", \"module\"})\n"
                        + "module user { requires transitive API; " + directive + " }");

        assertThat(messages).isEmpty();
        assertThat(folder.resolve("out/lint/KindsBuilder.class")).exists();
    }

    /** The readme's lines about a project with a {@code module-info.java}. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            requires API;                          |                                                     | requires directive
            requires API;                          | ,-requires-automatic                                |
            requires API; exports lint;            | ,-requires-automatic                                | [exports]
            requires transitive API; exports lint; | ,-requires-automatic                                | requires transitive directive
            requires transitive API; exports lint; | ,-requires-automatic,-requires-transitive-automatic |
            """)
    void compile_asModule_hasNoWarningButThoseOfAutomaticModules(
            String directives, @Nullable String left, @Nullable String warning, @TempDir Path folder) throws Exception {
        String messages = compileModule(
                folder, "-Xlint:all" + Objects.requireNonNullElse(left, ""), "module user { " + directives + " }");

        Stream<String> warned = MODULE_WARNING.matcher(messages).results().map(key -> key.group(1));
        assertThat(warned.distinct()).containsExactlyElementsOf(warning == null ? List.of() : List.of(warning));
    }

    /**
     * Compiles as a build tool does: the api as an automatic module, the processor on its own path.
     *
     * @param module the module's declaration, in which {@code API} stands for the api's module
     * @return the output of the compiler
     */
    private static String compileModule(Path folder, String lint, String module) throws Exception {
        Path library = jar(Config.class, folder.resolve("experimaestro-api.jar"));
        String automatic = ModuleFinder.of(library)
                .findAll()
                .iterator()
                .next()
                .descriptor()
                .name();
        Files.writeString(folder.resolve("module-info.java"), module.replace("API", automatic));
        List<String> arguments = new ArrayList<>(
                List.of(lint, "-Werror", "-d", folder.resolve("out").toString()));
        arguments.addAll(List.of("--module-path", library.toString()));
        arguments.addAll(List.of("--processor-path", System.getProperty("java.class.path")));
        arguments.add(folder.resolve("module-info.java").toString());
        try (Stream<Path> files = Files.walk(FOLDER)) {
            files.filter(Files::isRegularFile).map(Path::toString).forEach(arguments::add);
        }
        StringWriter messages = new StringWriter();
        int result = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(new PrintWriter(messages), new PrintWriter(messages), arguments.toArray(String[]::new));
        assertThat(result == 0)
                .as(messages.toString())
                .isEqualTo(messages.toString().isEmpty());
        return messages.toString();
    }

    private static Path jar(Class<?> type, Path jar) throws Exception {
        Path classes =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isRegularFile(classes)) {
            return classes;
        }
        int result = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.out, System.err, "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
        assertThat(result).isZero();
        return jar;
    }

    private static void assertNoWarnings(String... options) throws IOException {
        List<Object> all = new ArrayList<>(List.of(options));
        all.add("-Werror");
        Compilation with = Compiler.javac()
                .withOptions(all)
                .withProcessors(new LocalTypeProcessor(), new ConfigProcessor())
                .compile(sources());
        assertThat(with.diagnostics()).isEmpty();
        assertThat(with.generatedSourceFiles()).hasSize(5);
    }

    private static List<JavaFileObject> sources() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            List<JavaFileObject> sources = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                sources.add(JavaFileObjects.forResource(file.toUri().toURL()));
            }
            return sources;
        }
    }
}
