package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.PlanException;
import org.experimaestro.base.file.Folders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcePlanTest {
    private static final String PLAN = """
            import org.experimaestro.*;
            public class TutorialPlan implements ExperimentPlan<TutorialPlan.Settings> {
              public record Settings(int epochs) {}
              public void run(Experiment xp, Settings settings) {}
            }
            """;

    @TempDir
    Path temporary;

    private Toolbox toolbox;
    private Path folder;
    private final List<String> steps = new ArrayList<>();

    @BeforeEach
    void prepare() throws IOException {
        toolbox = TestToolbox.in(Files.createDirectory(temporary.resolve("tools")));
        folder = Files.createDirectory(temporary.resolve("plan"));
    }

    @Test
    void load_publicClassOfAnotherName_isCompiledAndLoads() throws Exception {
        source("experiment.java", PLAN);

        PlanCode code = load("experiment.java");

        assertThat(code.planClass()).isEqualTo("TutorialPlan");
        assertThat(code.fromCache()).isFalse();
        assertThat(code.classPath()).hasSize(1).allMatch(jar -> jar.startsWith(toolbox.cache()));
        try (var loader = PlanClassLoader.of(code.classPath(), getClass().getClassLoader())) {
            Object plan =
                    loader.loadClass("TutorialPlan").getDeclaredConstructor().newInstance();
            assertThat(plan).isInstanceOf(ExperimentPlan.class);
        }
        assertThat(steps).containsExactly("Compiling experiment.java");
    }

    @Test
    void load_nothingChanged_comesFromCacheWithoutSteps() throws Exception {
        source("experiment.java", PLAN);
        PlanCode first = load("experiment.java");
        steps.clear();

        PlanCode second = load("experiment.java");

        assertThat(second.fromCache()).isTrue();
        assertThat(second.classPath()).isEqualTo(first.classPath());
        assertThat(second.planClass()).isEqualTo("TutorialPlan");
        assertThat(steps).isEmpty();
    }

    @Test
    void load_anything_writesNothingBesideThePlan() throws Exception {
        source("experiment.java", PLAN);

        load("experiment.java");

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("experiment.java"));
        }
        try (Stream<Path> files = Files.walk(toolbox.cache().resolve("plans"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("classes.jar", "plan.properties");
        }
    }

    @Test
    void load_otherSourceOfFolderChanged_compilesAgain() throws Exception {
        source("experiment.java", PLAN);
        source("Helper.java", "class Helper { static int x = 1; }");
        load("experiment.java");
        source("Helper.java", "class Helper { static int x = 2; }");

        assertThat(load("experiment.java").fromCache()).isFalse();
        assertThat(steps)
                .containsExactly("Compiling experiment.java and 1 more", "Compiling experiment.java and 1 more");
    }

    /** A library such as Lombok: its jar has an annotation processor beside the classes. */
    @Test
    void load_jarOfThisMachine_isCompiledAgainstWithItsProcessor() throws Exception {
        Path library = TestToolbox.compile(temporary.resolve("library"), "Accessors", """
                package lib;
                import java.io.*;
                import java.util.*;
                import javax.annotation.processing.*;
                import javax.lang.model.SourceVersion;
                import javax.lang.model.element.*;
                @SupportedAnnotationTypes("*")
                public class Accessors extends AbstractProcessor {
                  private boolean done;
                  public @interface Use {}
                  @Override public SourceVersion getSupportedSourceVersion() { return SourceVersion.latest(); }
                  @Override public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
                    if (!done) {
                      done = true;
                      try (Writer out = processingEnv.getFiler().createSourceFile("Made").openWriter()) {
                        out.write("class Made { static String by = \\"the library\\"; }");
                      } catch (IOException e) {
                        throw new UncheckedIOException(e);
                      }
                    }
                    return false;
                  }
                }
                """, List.of());
        Path services = Files.createDirectories(library.resolve("META-INF/services"));
        Files.writeString(services.resolve("javax.annotation.processing.Processor"), "lib.Accessors\n");
        Path jar = Files.createDirectories(folder.resolve("libs")).resolve("accessors.jar");
        ClassesJar.write(library, jar);
        source(
                "experiment.java",
                "//DEPS libs/accessors.jar\n" + PLAN + "@lib.Accessors.Use class A { String by = Made.by; }");

        PlanCode code = load("experiment.java");

        assertThat(CompiledClasses.names(code.classPath().subList(0, 1))).contains("A", "Made");
        assertThat(code.classPath()).hasSize(2).last().isEqualTo(jar);
        assertThat(load("experiment.java").fromCache()).isTrue();

        Files.writeString(library.resolve("other.txt"), "changed");
        ClassesJar.write(library, jar);
        assertThat(load("experiment.java").fromCache()).isFalse();
    }

    @Test
    void load_sourcesOfAnotherFolder_areCompiledAndTheirChangesSeen() throws Exception {
        Path helper = Files.createDirectories(temporary.resolve("shared")).resolve("Helper.java");
        Files.writeString(helper, "class Helper { static int x = 1; }");
        source("experiment.java", "//SOURCES ../shared/*.java\n" + PLAN + "class A { int x = Helper.x; }");

        assertThat(load("experiment.java").fromCache()).isFalse();
        assertThat(load("experiment.java").fromCache()).isTrue();
        Files.writeString(helper, "class Helper { static int x = 2; }");
        assertThat(load("experiment.java").fromCache()).isFalse();
        Files.writeString(helper, "class Helper { int x = nowhere; }");
        assertThatThrownBy(() -> load("experiment.java")).hasMessageContaining("Helper.java:1: cannot find symbol");
    }

    @Test
    void load_otherVersionOfOurs_compilesAgain() throws Exception {
        source("experiment.java", PLAN);
        load("experiment.java");
        toolbox = new Toolbox(toolbox.apiPath(), toolbox.processorPath(), toolbox.cache(), "2.0-test");

        assertThat(load("experiment.java").fromCache()).isFalse();
    }

    @Test
    void load_sameSourcesTwice_givesTheSameBytes() throws Exception {
        source("experiment.java", PLAN + "@ConfigType record Adam(double lr) {}");
        byte[] first = Files.readAllBytes(load("experiment.java").classPath().getFirst());
        Folders.delete(toolbox.cache());

        byte[] second = Files.readAllBytes(load("experiment.java").classPath().getFirst());

        assertThat(second).isEqualTo(first);
    }

    @Test
    void load_configurations_runsTheProcessorAndKeepsItsResources() throws Exception {
        source("experiment.java", """
                package acme.lab;
                import org.experimaestro.*;
                class Plan implements ExperimentPlan<Plan.Settings> {
                  record Settings() {}
                  String builder = AdamBuilder.built() + SgdBuilder.built();
                  public void run(Experiment xp, Settings settings) {}
                }
                @ConfigType record Adam(double lr) {}
                """);
        source("optimizers.java", "package acme.lab; @org.experimaestro.ConfigType record Sgd(double lr) {}");

        PlanCode code = load("experiment.java");

        assertThat(code.planClass()).isEqualTo("acme.lab.Plan");
        try (var jar = new ZipFile(code.classPath().getFirst().toFile())) {
            assertThat(jar.getEntry("acme/lab/AdamBuilder.class")).isNotNull();
            assertThat(jar.getEntry("META-INF/experimaestro/types/acme.lab.Sgd.json"))
                    .isNotNull();
            assertThat(jar.stream().map(Object::toString)).noneMatch(name -> name.endsWith(".java"));
        }
    }

    @Test
    void load_sourcesInSubfoldersAndLockFiles_areLeftAlone() throws Exception {
        source("experiment.java", PLAN);
        source(".#experiment.java", "not Java");
        Files.writeString(Files.createDirectory(folder.resolve("old")).resolve("Broken.java"), "not Java");

        assertThat(load("experiment.java").planClass()).isEqualTo("TutorialPlan");
    }

    @Test
    void load_unknownFile_namesTheNearest() throws IOException {
        source("experiment.java", PLAN);

        assertThatThrownBy(() -> load("experimant.java"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("Cannot find the plan experimant.java")
                .hasMessageContaining("did you mean experiment.java?");
    }

    @Nested
    class Errors {
        @Test
        void load_severalErrors_listsAllWithLineAndCaret() throws IOException {
            source("experiment.java", """
                    import org.experimaestro.*;
                    class Plan implements ExperimentPlan<Plan.Settings> {
                      record Settings() {}
                      public void run(Experiment xp, Settings settings) {
                    \t\tint x = "one";
                        undefined();
                      }
                    }
                    """);

            assertThatThrownBy(() -> load("experiment.java"))
                    .isInstanceOf(PlanException.class)
                    .hasMessage("""
                            Cannot compile experiment.java: 2 errors
                            experiment.java:5: incompatible types: java.lang.String cannot be converted to int
                              \t\tint x = "one";
                              \t\t        ^
                            experiment.java:6: cannot find symbol
                              symbol:   method undefined()
                              location: class Plan
                                  undefined();
                                  ^
                            """);
        }

        @Test
        void load_charactersThatAreHidden_caretIsUnderItsPlace() throws IOException {
            source("experiment.java", """
                    import org.experimaestro.*;
                    class Plan implements ExperimentPlan<Plan.Settings> {
                      record Settings() {}
                      public void run(Experiment xp, Settings settings) {
                    \tString x = "1\u001B[2J2LINE3\u31644\u202E5é6e\u03017𝒳8" + undefined;
                      }
                    }
                    """.replace("LINE", "\u2028"));

            assertThatThrownBy(() -> load("experiment.java"))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("""
                              \tString x = "1\uFFFD[2J2\uFFFD3\uFFFD4\uFFFD5é6e\u03017𝒳8" + undefined;
                              \t                                  ^
                            """);
        }

        @Test
        void load_processorRefuses_itsErrorStandsFirst() throws IOException {
            source("experiment.java", """
                    package acme;
                    import static acme.BadOptimizerBuilder.built;
                    import org.experimaestro.*;
                    class Plan implements ExperimentPlan<Plan.Settings> {
                      record Settings() {}
                      BadOptimizerBuilder builder = built();
                      public void run(Experiment xp, Settings settings) {}
                    }
                    @ConfigType record BadOptimizer(double lr) {}
                    """);

            assertThatThrownBy(() -> load("experiment.java"))
                    .hasMessageStartingWith("Cannot compile experiment.java: 4 errors\n"
                            + "experiment.java:9: a configuration must not be bad\n")
                    .hasMessageContaining("experiment.java:2: cannot find symbol");
        }

        @Test
        void load_failedBefore_isNotCached() throws IOException {
            source("experiment.java", "class Broken {");

            assertThatThrownBy(() -> load("experiment.java")).hasMessageContaining("1 error");
            assertThatThrownBy(() -> load("experiment.java")).hasMessageContaining("reached end of file");
            assertThat(toolbox.cache().resolve("plans")).isEmptyDirectory();
        }

        @Test
        void load_deprecatedCallButNoError_compiles() throws Exception {
            source(
                    "experiment.java",
                    PLAN + "class Old { Object o = new Thread().getId(); java.util.List raw = null; }");

            assertThat(load("experiment.java").planClass()).isEqualTo("TutorialPlan");
        }

        @ParameterizedTest
        @ValueSource(strings = {"experiment.java", "helper.java"})
        void load_notUtf8_isRefusedWithItsLine(String broken) throws IOException {
            source("experiment.java", PLAN);
            Files.write(folder.resolve(broken), "// a\n// b: \u00E9\n".getBytes(StandardCharsets.ISO_8859_1));

            assertThatThrownBy(() -> load("experiment.java"))
                    .hasMessage(broken + ":2: Cannot read " + broken + ": it is not UTF-8 text; save it in UTF-8");
        }

        @Test
        void load_utf16_isRefused() throws IOException {
            Files.write(folder.resolve("experiment.java"), PLAN.getBytes(StandardCharsets.UTF_16));

            assertThatThrownBy(() -> load("experiment.java"))
                    .hasMessageStartingWith("experiment.java:1: Cannot read experiment.java: it is not UTF-8 text");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "\n\n",
                    "// only a comment",
                    "/* only a comment */\n",
                    "package acme;",
                    "import java.util.*;"
                })
        void load_nothingInThePlansFile_saysWhatBelongsThere(String text) throws IOException {
            source("experiment.java", text);
            source("helper.java", "class Helper {}");

            assertThatThrownBy(() -> load("experiment.java"))
                    .hasMessage("experiment.java: Cannot find a plan: no class of this file implements ExperimentPlan;"
                            + " let one class of this file implement org.experimaestro.ExperimentPlan<Settings>");
        }

        @Test
        void load_codeTooDeepForTheCompiler_saysSo() throws IOException {
            source("experiment.java", PLAN);
            source("helper.java", "class Helper { int x = " + "(1+".repeat(20_000) + "1" + ")".repeat(20_000) + "; }");

            assertThatThrownBy(() -> load("experiment.java")).hasMessageContaining("x");
        }

        @Test
        void load_noCacheFolderPossible_saysWhere() throws IOException {
            source("experiment.java", PLAN);
            Files.writeString(temporary.resolve("file"), "in the way");
            toolbox = new Toolbox(
                    toolbox.apiPath(), toolbox.processorPath(), temporary.resolve("file/cache"), "1.0-test");

            assertThatThrownBy(() -> load("experiment.java"))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("XDG_CACHE_HOME");
        }
    }

    private void source(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private PlanCode load(String name) {
        return code(name, steps::add);
    }

    private PlanCode code(String name, Listener listener) {
        return PlanSources.fromSourceFile(folder.resolve(name), toolbox, listener);
    }
}
