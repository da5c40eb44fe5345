package org.experimaestro.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.experimaestro.PlanException;
import org.experimaestro.core.file.HomeFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentFileTest {
    @TempDir
    Path folder;

    TempFiles files;

    @BeforeEach
    void files() {
        files = new TempFiles(folder.toAbsolutePath());
    }

    record Optimizer(double lr, double decay, List<Integer> steps) {}

    record Settings(int epochs, Optimizer optimizer) {}

    @Nested
    class Finding {
        @ParameterizedTest
        @ValueSource(strings = {"full", "full.yaml", "other", "other.yml", "dotted.v2"})
        void read_nameWithOrWithoutExtension_findsTheFile(String name) {
            files.write("full.yaml", "");
            files.write("other.yml", "");
            files.write("dotted.v2.yaml", "");
            ExperimentFile file = ExperimentFile.read(files.folder().resolve(name), List.of());
            assertThat(file.path().getFileName().toString()).startsWith(name);
            assertThat(file.path()).isAbsolute().isRegularFile();
            assertThat(file.folder()).isEqualTo(files.folder());
            assertThat(file.id()).isEqualTo(name.replaceAll("\\.ya?ml", ""));
        }

        @Test
        void read_missingFile_suggestsNearNames() {
            files.write("debug.yaml", "");
            files.write("full.yaml", "");
            assertThat(catchRead("debgu"))
                    .hasMessage("the experiment file debgu does not exist in %s; did you mean \"debug.yaml\"?"
                            .formatted(files.folder()));
            assertThat(catchRead("experiments.yaml"))
                    .hasMessage("the experiment file experiments.yaml does not exist in %s;".formatted(files.folder())
                            + " the .yaml or .yml files there: debug.yaml, full.yaml");
            assertThat(catchRead("."))
                    .hasMessageEndingWith("is a folder; name one of its files: debug.yaml, full.yaml");
            assertThat(catchRead("nowhere/debug.yaml"))
                    .hasMessage("the experiment file debug.yaml does not exist: there is no folder %s; check the path"
                            .formatted(files.folder().resolve("nowhere")));
        }

        @Test
        void read_missingFileInEmptyFolder_saysSo() {
            assertThat(catchRead("debug")).hasMessageEndingWith("; there is no .yaml or .yml file in that folder");
        }

        @Test
        void read_notUtf8_isRefused() throws Exception {
            Files.write(files.folder().resolve("latin.yaml"), "a: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(catchRead("latin")).hasMessage("latin.yaml: the file is not UTF-8 text; save it as UTF-8");
        }
    }

    @Nested
    class Reserved {
        @Test
        void keys_areRead() {
            files.write("experiment.java", "");
            ExperimentFile file = files.debug("id: my.run-2\nworkdir: runs/x\n\nfile: experiment");
            assertThat(file.id()).isEqualTo("my.run-2");
            assertThat(file.workdir()).contains(files.folder().resolve("runs/x"));
            assertThat(file.plan())
                    .isEqualTo(new PlanReference.SourceFile(files.folder().resolve("experiment.java"), "debug.yaml:4"));
        }

        @Test
        void keys_ofAnImport_keepTheirFolder() {
            files.write("common/experiment.java", "");
            files.write("common/base.yaml", "id: 2026\nworkdir: runs\nfile: experiment.java");
            ExperimentFile file = files.debug("imports: common/base");
            assertThat(file.id()).isEqualTo("2026");
            assertThat(file.workdir()).contains(files.folder().resolve("common/runs"));
            assertThat(file.plan())
                    .isEqualTo(new PlanReference.SourceFile(
                            files.folder().resolve("common/experiment.java"), "common/base.yaml:3"));
        }

        @Test
        void workdir_withHome_isExpanded() {
            assertThat(files.debug("workdir: ~/runs").workdir())
                    .contains(HomeFolder.current().resolve("runs"));
            assertThat(files.debug("workdir:").workdir()).isEmpty();
            assertThat(files.debug("").workdir()).isEmpty();
        }

        @Test
        void plan_compiledClass_isNamed() {
            assertThat(files.debug("class: tutorial.Outer$Plan").plan())
                    .isEqualTo(new PlanReference.CompiledClass("tutorial.Outer$Plan", "debug.yaml:1"));
        }

        @Test
        void plan_notGiven_tellsWhatToWrite() {
            String advice = "debug.yaml: there is no plan to run; write \"file: NAME\" for the Java source NAME.java"
                    + " beside this file, or \"class: NAME\" for a compiled plan";
            assertThatThrownBy(files.debug("epochs: 3\nfile:")::plan)
                    .isInstanceOf(PlanException.class)
                    .hasMessage(advice);
            assertThatThrownBy(files.debug("epochs: 3\nfiel: experiment")::plan)
                    .hasMessage(advice + "; did you mean \"file\" where debug.yaml:2 says \"fiel\"?");
        }

        @Test
        void plan_givenTwice_namesBothPlaces() {
            files.write("experiment.java", "");
            files.write("base.yaml", "\nclass: tutorial.Plan");
            assertThat(catchDebug("imports: base\nfile: experiment"))
                    .hasMessage("debug.yaml:2: both \"file: experiment\" (debug.yaml:2) and \"class: tutorial.Plan\""
                            + " (base.yaml:2) are given; keep one: \"file\" names a Java source, \"class\" a compiled"
                            + " plan; an override such as -c class=null takes one away");
            assertThat(files.debug("imports: base\nfile: experiment", "class=null")
                            .plan())
                    .isInstanceOf(PlanReference.SourceFile.class);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            file: experimnet         ! the plan's source experimnet.java does not exist in FOLDER; did you mean "experiment.java"?
            file: experiment.py      ! the plan's source experiment.py.java does not exist in FOLDER; did you mean "experiment.java"?
            file: sub/experiment     ! the plan's source experiment.java does not exist: there is no folder FOLDER/sub; check the path
            file: zzz                ! the plan's source zzz.java does not exist in FOLDER; the .java files there: experiment.java, other.java
            file: [a]                ! "file" must be a text, found a list
            file: ""                 ! "file" must be the name of a Java source, found the text ""
            class: my plan           ! "class" must be the full name of a class, found the text "my plan"; write it as tutorial.TutorialPlan
            class: a..b              ! "class" must be the full name of a class, found the text "a..b"; write it as tutorial.TutorialPlan
            id: a/b                  ! "a/b" cannot be the experiment's id: only letters, digits and the characters _ . - can be in it
            id: ..                   ! ".." cannot be the experiment's id: only letters, digits and the characters _ . - can be in it
            workdir: {a: 1}          ! "workdir" must be a text, found a map
            workdir: ""              ! "workdir" must be a folder, found the text ""
            """)
        void keys_wrong_areRefused(String yaml, String message) {
            files.write("experiment.java", "");
            files.write("other.java", "");
            assertThat(catchDebug(yaml))
                    .hasMessage("debug.yaml:1: "
                            + message.replace("FOLDER", files.folder().toString()));
        }

        @Test
        void keys_severalWrong_areToldTogether() {
            assertThat(catchDebug("workdir: []\nid: a b")).hasMessage("""
                            debug.yaml: 2 problems:
                              debug.yaml:1: "workdir" must be a text, found an empty list
                              debug.yaml:2: "a b" cannot be the experiment's id: only letters, digits and the \
                            characters _ . - can be in it""");
        }

        @Test
        void id_ofTheFileName_isChecked() {
            files.write("my run.yaml", "");
            assertThat(catchRead("my run.yaml"))
                    .hasMessage("my run.yaml: \"my run\" cannot be the experiment's id: only letters, digits and the"
                            + " characters _ . - can be in it; rename the file, or write \"id: NAME\" in it");
        }
    }

    @Nested
    class Imports {
        @Test
        void imports_areMergedDepthFirst() {
            files.write("deep.yaml", "epochs: 1\noptimizer: {lr: 1, decay: 1, steps: [1, 1]}");
            files.write("a.yaml", "imports: deep.yaml\noptimizer: {lr: 2, decay: 2}");
            files.write("sub/b.yml", "optimizer: {lr: 3}");
            ExperimentFile file = files.debug("imports: [a.yaml, sub/b.yml]\nepochs: 4\noptimizer:\n  steps: [5]\n");
            assertThat(file.bind(Settings.class)).isEqualTo(new Settings(4, new Optimizer(3, 2, List.of(5))));
        }

        @Test
        void imports_paths_resolveAgainstTheImportingFile() {
            record WithPath(Path data) {}
            files.write("sub/inner/c.yaml", "data: x.csv");
            files.write("sub/b.yaml", "imports: inner/c");
            assertThat(files.debug("imports: sub/b").bind(WithPath.class).data())
                    .isEqualTo(files.folder().resolve("sub/inner/x.csv"));
        }

        @Test
        void imports_sameFileTwice_isNoCycle() {
            files.write("base.yaml", "epochs: 1\noptimizer: {lr: 1, decay: 1, steps: []}");
            files.write("a.yaml", "imports: base\nepochs: 2");
            files.write("b.yaml", "imports: base\n");
            assertThat(files.debug("imports: [b, a]").bind(Settings.class).epochs())
                    .isEqualTo(2);
        }

        @Test
        void imports_errorsOfValues_nameTheImportedFile() {
            files.write("sub/b.yaml", "\nepochs: x\noptimizer: {lr: 1, decay: 1, steps: []}");
            ExperimentFile file = files.debug("\n\n\n\nimports: sub/b\nunknown: 1");
            assertThat(catchThrowableOfType(PlanException.class, () -> file.bind(Settings.class)))
                    .hasMessage("""
                            debug.yaml: 2 problems:
                              debug.yaml:6: unknown key "unknown" for ExperimentFileTest.Settings; \
                            known keys: epochs, optimizer
                              sub/b.yaml:2: "epochs" must be a whole number, found the text "x\"""");
        }

        @Test
        void imports_cycle_isToldWithItsChain() {
            files.write("sub/a.yaml", "x: 1\nimports: b");
            files.write("sub/b.yaml", "imports:\n  - ../debug.yaml");
            assertThat(catchDebug("imports: sub/a"))
                    .hasMessage("sub/b.yaml:2: imports form a cycle: debug.yaml → sub/a.yaml → sub/b.yaml → debug.yaml;"
                            + " remove one of these imports");
        }

        @Test
        void imports_cycleThroughALink_isFound() throws Exception {
            Files.createSymbolicLink(files.folder().resolve("link"), files.folder());
            assertThat(catchDebug("imports: link/debug"))
                    .hasMessage("debug.yaml:1: imports form a cycle: debug.yaml → link/debug.yaml;"
                            + " remove one of these imports");
        }

        @Test
        void imports_missing_areToldWithTheirChain() {
            files.write("sub/base.yaml", "imports: commn");
            files.write("sub/common.yaml", "");
            assertThat(catchDebug("imports: [sub/base, other]"))
                    .hasMessage("""
                            debug.yaml: 2 problems:
                              debug.yaml:1: the import "other" does not exist in %s; the .yaml or .yml files there: debug.yaml
                              sub/base.yaml:1: the import "commn" does not exist in %s \
                            (imported by debug.yaml → sub/base.yaml); did you mean "common.yaml"?""".formatted(files.folder(), files.folder().resolve("sub")));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            imports: 3        ! found the number 3
            imports: {a: b}   ! found a map
            imports: [[a]]    ! found a list
            imports: [~]      ! found nothing (null)
            """)
        void imports_notNames_areRefused(String yaml, String found) {
            assertThat(catchDebug(yaml))
                    .hasMessage("debug.yaml:1: \"imports\" must be the name of a YAML file or a list of such names, "
                            + found);
        }

        @Test
        void imports_null_isNone() {
            assertThat(files.debug("imports:\n").show()).isEqualTo("{}\n");
        }
    }

    @Nested
    class Overrides {
        private static final String YAML = """
                epochs: 16
                optimizer:
                  lr: 1e-3
                  decay: 0
                  steps: [3, 5]
                """;

        @Test
        void overrides_replaceValues() {
            ExperimentFile file = files.debug(
                    YAML, "epochs=1", "optimizer.lr=0.5", "optimizer.steps.1=7", " epochs = 2", "optimizer.decay=.inf");
            assertThat(file.bind(Settings.class))
                    .isEqualTo(new Settings(2, new Optimizer(0.5, Double.POSITIVE_INFINITY, List.of(3, 7))));
        }

        @Test
        void overrides_valueIsYaml_mapsReplaceWholly() {
            ExperimentFile file = files.debug(YAML, "optimizer={lr: 1, decay: 2, steps: [1, 2, 3]}");
            assertThat(file.bind(Settings.class).optimizer()).isEqualTo(new Optimizer(1, 2, List.of(1, 2, 3)));
        }

        @Test
        void overrides_missingMaps_areMade() {
            ExperimentFile file =
                    files.debug("epochs: 1\noptimizer:", "optimizer.lr=1", "optimizer.decay=2", "optimizer.steps=[]");
            assertThat(file.bind(Settings.class).optimizer()).isEqualTo(new Optimizer(1, 2, List.of()));
        }

        @Test
        void overrides_reservedKeys_areTaken() {
            files.write("base.yaml", "epochs: 3");
            files.write("other/experiment.java", "");
            ExperimentFile file = files.debug(
                    "imports: nowhere\nid: x", "imports=base", "id=y", "file=other/experiment", "workdir=w");
            assertThat(file.id()).isEqualTo("y");
            assertThat(file.workdir()).contains(files.folder().resolve("w"));
            assertThat(file.plan())
                    .isEqualTo(new PlanReference.SourceFile(
                            files.folder().resolve("other/experiment.java"), "-c file=other/experiment"));
            assertThat(file.show()).contains("epochs: 3");
        }

        @Test
        void overrides_mapWithNumbersAsKeys_areTaken() {
            record ByNumber(Map<Integer, String> names) {}
            assertThat(files.debug("names: {3: a}", "names.3=b", "names.4=c")
                            .bind(ByNumber.class)
                            .names())
                    .isEqualTo(Map.of(3, "b", 4, "c"));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            epochs                ! -c epochs: an override needs a value; write -c key=value
            =3                    ! -c =3: an override needs a key; write -c key=value, or -c outer.inner=value
            optimizer..lr=3       ! -c optimizer..lr=3: an override needs a key; write -c key=value, or -c outer.inner=value
            epochs=[3             ! -c epochs=[3: not valid YAML: the list that "[" begins here lacks its "]", or a "," between two items
            epochs.0=3            ! -c epochs.0=3: there is no key "0" in "epochs", which is the number 16 (debug.yaml:1)
            optimizer.steps.2=3   ! -c optimizer.steps.2=3: there is no item 2 in the list "optimizer.steps", which has the items 0 to 1 (debug.yaml:5); give the whole list to change its length: -c optimizer.steps=[…]
            optimizer.steps.-1=3  ! -c optimizer.steps.-1=3: there is no item -1 in the list "optimizer.steps", which has the items 0 to 1 (debug.yaml:5); give the whole list to change its length: -c optimizer.steps=[…]
            """)
        void overrides_wrong_areNamed(String override, String message) {
            files.write("debug.yaml", YAML);
            assertThat(catchThrowableOfType(PlanException.class, () -> files.debug(YAML, override)))
                    .hasMessage(message);
        }

        @Test
        void overrides_keyThatLeadsFarTooDeep_isNamed() {
            assertThat(catchThrowableOfType(PlanException.class, () -> files.debug(YAML, "a.".repeat(30_000) + "a=1")))
                    .hasMessageStartingWith("-c a.a.a.")
                    .hasMessageEndingWith(": the key leads more than 100 maps and lists deep");
        }

        @Test
        void overrides_problemsOfValues_nameTheOverride() {
            ExperimentFile file = files.debug(YAML, "optimizer.lrr=3", "optimizer.steps.1=x", "epochs=many");
            assertThat(catchThrowableOfType(PlanException.class, () -> file.bind(Settings.class)))
                    .hasMessage("""
                            debug.yaml: 3 problems:
                              -c optimizer.lrr=3: unknown key "optimizer.lrr" for ExperimentFileTest.Optimizer; \
                            did you mean "lr"? Known keys: lr, decay, steps
                              -c optimizer.steps.1=x: "optimizer.steps.1" must be a whole number, found the text "x"
                              -c epochs=many: "epochs" must be a whole number, found the text "many\"""");
        }
    }

    @Nested
    class Showing {
        @Test
        void show_mergedFile_tellsWhereValuesComeFrom() {
            files.write("common/experiment.java", "");
            files.write(
                    "common/base.yaml",
                    "file: experiment\nworkdir: ~/w\noptimizer: {lr: 1e-3, decay: 0, steps: [3, 5]}");
            ExperimentFile file = files.debug(
                    "imports: common/base\nepochs: 16\nid: 'yes'\noptimizer: {decay: \"1\"}\nempty: []\nnothing:\n",
                    "optimizer.steps=[ 1,  2 ]",
                    "name='a: b # c'");
            assertThat(file.show()).isEqualTo("""
                            file: common/experiment # common/base.yaml:1
                            workdir: ~/w # common/base.yaml:2
                            optimizer:
                              lr: 1e-3 # common/base.yaml:3
                              decay: '1'
                              steps: [1, 2] # -c optimizer.steps=[ 1,  2 ]
                            epochs: 16
                            id: yes
                            empty: []
                            nothing: null
                            name: 'a: b # c' # -c name='a: b # c'
                            """);
        }

        @Test
        void json_values_areThoseOfTheCoreSchema() {
            assertThat(files.debug("""
                            none: null
                            yes: true
                            whole: [0, -3, 0x1F, 0o17, 123456789012345678901234567890]
                            rate: 1e-3
                            odd: [.nan, -.inf]
                            text: "12"
                            nested: {list: []}
                            """).json())
                    .hasToString("{none=null, yes=true, whole=[0, -3, 31, 15, 123456789012345678901234567890],"
                            + " rate=0.001, odd=[.nan, -.inf], text=12, nested={list=[]}}");
        }

        @Test
        void show_readAgain_isTheSame() {
            String yaml = """
                    epochs: 16
                    optimizer: &o
                      steps: [{a: 1}, [2, "3"], ~, -.inf, 0x1F, "multi\\nline", "", "null", "tab\\t", 'é']
                      "odd key: x": {}
                    copy: *o
                    block: |
                      one
                       two
                    """;
            String shown = files.debug(yaml).show();
            assertThat(files.debug(shown).show()).isEqualTo(shown);
            assertThat(shown)
                    .contains("\"multi\\nline\"", "'3'", "'null'", "0x1F", "-.inf")
                    .doesNotContain("&", "*");
        }
    }

    private PlanException catchRead(String name) {
        return catchThrowableOfType(
                PlanException.class, () -> ExperimentFile.read(files.folder().resolve(name), List.of()));
    }

    private PlanException catchDebug(String yaml) {
        return catchThrowableOfType(PlanException.class, () -> files.debug(yaml));
    }
}
