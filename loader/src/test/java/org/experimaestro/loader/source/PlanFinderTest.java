package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.experimaestro.PlanException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanFinderTest {
    private static final String RUN = "public void run(Experiment xp, S s) {}";

    @TempDir
    Path folder;

    @TempDir
    Path tools;

    private Toolbox toolbox;

    @BeforeEach
    void prepare() {
        toolbox = new Toolbox(List.of(TestToolbox.api()), List.of(), tools, "1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            class P implements ExperimentPlan<S> { RUN }                                                  | P
            final class P implements ExperimentPlan<S> { private P() {} RUN }                             | P
            class Outer { static class P implements ExperimentPlan<S> { RUN } }                           | Outer$P
            interface Outer { class Mid { private static class P implements ExperimentPlan<S> { RUN } } } | Outer$Mid$P
            abstract class Base implements ExperimentPlan<S> { RUN } class P extends Base {}              | P
            interface Mine extends ExperimentPlan<S> {} record P() implements Mine { RUN }                | P
            interface Mine<X> extends ExperimentPlan<X> {} class P implements Mine<S> { RUN } class Q {}  | P
            """)
    void planClass_oneUsable_isFound(String source, String binaryName) throws IOException {
        assertThat(load(source)).isEqualTo(binaryName);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            class P {}                                                           | no class of this file implements ExperimentPlan; let one class
            class P { RUN }                                                      | let P (line 3) implement ExperimentPlan<S>: its method run(Experiment, S) fits
            class P { static class T {} void run(Experiment xp, T t) {} }        | let P (line 3) implement ExperimentPlan<P.T>: its method run(Experiment, P.T) fits once it is public
            class P { void go(Experiment xp, S s) {} }                           | its method go(Experiment, S) fits once it is public and called run
            class P { @Override RUN }                                            | let P (line 3) implement ExperimentPlan<S>: its method run(Experiment, S) fits
            class P { int run(Experiment xp, S s) { return 1; } }                | let one class of this file implement
            class P { static void run(Experiment xp, S s) {} }                   | let one class of this file implement
            interface P extends ExperimentPlan<S> {}                             | no class of this file implements
            class P implements ExperimentPlan<S> { RUN } class Q extends P {}    | P (line 3), Q (line 3) implement ExperimentPlan; keep one
            abstract class P implements ExperimentPlan<S> { RUN }                | P as the plan: it is abstract; let one
            class O { class P implements ExperimentPlan<S> { RUN } }             | it is an inner class, which needs an instance of the class around it; make it static
            class O { void m() { class P implements ExperimentPlan<S> { RUN } } }| it is declared inside a method or an expression; move it
            class O { Object p = new ExperimentPlan<S>() { RUN }; }              | an anonymous class as the plan: it is declared inside
            class P implements ExperimentPlan<S> { P(int i) {} RUN }             | it has no constructor without arguments; add one
            record P(int i) implements ExperimentPlan<S> { RUN }                 | it has no constructor without arguments
            enum P implements ExperimentPlan<S> { A; RUN }                       | it has no constructor without arguments
            """)
    void planClass_noneUsable_saysWhyAndHow(String source, String message) {
        assertThatThrownBy(() -> load(source))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("experiment.java")
                .hasMessageContaining(message);
    }

    @Test
    void planClass_problem_hasItsLine() {
        assertThatThrownBy(() -> load("\n\nabstract class P implements ExperimentPlan<S> { RUN }"))
                .hasMessageStartingWith("experiment.java:5: ");
    }

    @Test
    void planClass_inAnotherFile_isNamed() throws IOException {
        Files.writeString(
                folder.resolve("other.java"),
                "import org.experimaestro.*; class Other implements ExperimentPlan<S> { " + RUN + " }");

        assertThatThrownBy(() -> load("class Helper {}"))
                .hasMessageContaining("Other in other.java does: name that file");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            void main() {}
            int x = 1; void main() {}
            class P implements ExperimentPlan<S> { RUN } void helper() {}
            void run(Experiment xp) { unknown(); }
            """)
    void planClass_compactSource_isRefused(String source) {
        assertThatThrownBy(() -> load(source))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("experiment.java:3: it is a compact source file")
                .hasMessageContaining("put the plan into a class that implements ExperimentPlan");
    }

    @Test
    void planClass_compactSourceWithAnError_hasTheCompilersMessageFirst() {
        assertThatThrownBy(() -> load("void main() { unknown(); }"))
                .hasMessageStartingWith(
                        "Cannot compile experiment.java: 1 error\nexperiment.java:3: cannot find symbol")
                .hasMessageEndingWith("put the plan into a class that implements ExperimentPlan\n");
    }

    @Test
    void planClass_strayBrace_isASyntaxErrorAndNoCompactSource() {
        assertThatThrownBy(() -> load("class P implements ExperimentPlan<S> { } " + RUN + " }"))
                .hasMessageContaining("Cannot compile experiment.java");
    }

    @Test
    void planClass_compactSourceBesideThePlan_isNoMatter() throws IOException {
        Files.writeString(folder.resolve("Scratch.java"), "void main() { System.out.println(1); }");

        assertThat(load("class P implements ExperimentPlan<S> { RUN }")).isEqualTo("P");
    }

    private String load(String source) throws IOException {
        String text = "import org.experimaestro.*;\nrecord S() {}\n" + source.replace("RUN", RUN) + "\n";
        Path file = Files.writeString(folder.resolve("experiment.java"), text);
        return PlanSources.fromSourceFile(file, toolbox, step -> {}).planClass();
    }
}
