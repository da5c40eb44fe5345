package org.experimaestro.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.experimaestro.Default;
import org.experimaestro.OneOf;
import org.experimaestro.PlanException;
import org.experimaestro.Range;
import org.experimaestro.Requirement;
import org.experimaestro.core.file.HomeFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsBindingTest {
    @TempDir
    Path folder;

    TempFiles files;

    @BeforeEach
    void files() {
        files = new TempFiles(folder.toAbsolutePath());
    }

    static final class TutorialPlan {
        record Settings(int epochs, List<Integer> nLayers) {}
    }

    enum Method {
        SGD,
        ADAM_W
    }

    record Optimizer(@Default("1e-3") double lr, int steps) {}

    private record Everything(
            byte small,
            short medium,
            Long big,
            float single,
            double real,
            Boolean flag,
            char letter,
            String text,
            Method method,
            Path path,
            Duration timeout,
            Optional<Integer> maybe,
            Optional<String> absent,
            Set<String> names,
            Map<String, Double> rates,
            Map<Method, List<Integer>> grid,
            Map<Integer, String> byNumber,
            List<Optimizer> optimizers,
            @Default("[1, 2]") List<Integer> defaulted,
            @Default("NaN") double unknown) {}

    record Empty() {}

    @Test
    void bind_tutorialFile_givesSettings() {
        files.write("experiment.java", "");
        String yaml = """
                # Uses
                file: experiment
                # Just debugging
                epochs: 16
                # Experimental parameters
                n_layers: [3, 5]
                """;
        assertThat(files.debug(yaml).bind(TutorialPlan.Settings.class))
                .isEqualTo(new TutorialPlan.Settings(16, List.of(3, 5)));
    }

    @Test
    void bind_everyType_convertsExactly() {
        String yaml = """
                small: -128
                medium: 0x1F
                big: 9223372036854775807
                single: 0.1
                real: 1e-3
                flag: true
                letter: x
                text: "16"
                method: adam-w
                path: data/../train.csv
                timeout: 1 h 30 min
                maybe: 3
                absent: ~
                names: [b, a]
                rates: {x: 1, y: .inf}
                grid:
                  SGD: [1]
                  adam_w: []
                by_number: {3: three, 4: four}
                optimizers:
                  - steps: 1
                  - {steps: 2, lr: 2}
                """;
        assertThat(files.debug(yaml).bind(Everything.class))
                .isEqualTo(new Everything(
                        (byte) -128,
                        (short) 31,
                        Long.MAX_VALUE,
                        0.1f,
                        1e-3,
                        true,
                        'x',
                        "16",
                        Method.ADAM_W,
                        files.folder().resolve("train.csv"),
                        Duration.ofMinutes(90),
                        Optional.of(3),
                        Optional.empty(),
                        Set.of("a", "b"),
                        Map.of("x", 1.0, "y", Double.POSITIVE_INFINITY),
                        Map.of(Method.SGD, List.of(1), Method.ADAM_W, List.of()),
                        Map.of(3, "three", 4, "four"),
                        List.of(new Optimizer(1e-3, 1), new Optimizer(2, 2)),
                        List.of(1, 2),
                        Double.NaN));
    }

    @Test
    void bind_setsAndMaps_keepTheOrderOfTheFile() {
        record Ordered(Set<String> names, Map<String, Integer> rates) {}
        Ordered bound =
                files.debug("names: [z, a, m]\nrates: {q: 1, b: 2, x: 3}").bind(Ordered.class);
        assertThat(bound.names()).containsExactly("z", "a", "m");
        assertThat(bound.rates().keySet()).containsExactly("q", "b", "x");
    }

    @Test
    void bind_noComponentsAndEmptyFile_givesTheRecord() {
        assertThat(files.debug("").bind(Empty.class)).isEqualTo(new Empty());
        assertThat(files.debug("# nothing\n---\n").bind(Empty.class)).isEqualTo(new Empty());
    }

    @Test
    void bind_homeInPath_isTheUsersFolder() {
        record Home(Path path) {}
        assertThat(files.debug("path: ~/data").bind(Home.class).path())
                .isEqualTo(HomeFolder.current().resolve("data"));
    }

    @Test
    void bind_defaultPath_isInThePlansFolder() {
        record WithData(@Default("data") Path data) {}
        files.write("plans/experiment.java", "");
        assertThat(files.debug("file: plans/experiment").bind(WithData.class).data())
                .isEqualTo(files.folder().resolve("plans/data"));
    }

    @Test
    void bind_absentDefault_isForOptionals() {
        record Limits(
                @Default(value = Default.ABSENT, was = "3") Optional<Integer> limit) {}
        record Wrong(@Default(Default.ABSENT) int limit) {}
        files.write("experiment.java", "");
        assertThat(files.debug("file: experiment").bind(Limits.class).limit()).isEmpty();
        assertThatThrownBy(() -> files.debug("file: experiment").bind(Wrong.class))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("its default cannot be absent; only an Optional can be absent; write a value");
    }

    /* Each row: the lines of debug.yaml, separated by "|", and the message for TutorialPlan.Settings. */
    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
        a: 1|epochs: 1|b: 2|n_layer: [3] ! 3 problems: 1 unknown key "a" for TutorialPlan.Settings; known keys: epochs, n_layers 3 unknown key "b" for TutorialPlan.Settings; known keys: epochs, n_layers 4 unknown key "n_layer" for TutorialPlan.Settings; did you mean "n_layers"? Known keys: epochs, n_layers
        epochs: 1|nLayers: [3]           ! 2 unknown key "nLayers" for TutorialPlan.Settings; did you mean "n_layers"? Known keys: epochs, n_layers
        n_layers: []|fiel: x|epochs: 1   ! 2 unknown key "fiel" for TutorialPlan.Settings; did you mean "file"? Known keys: epochs, n_layers
        epochs: 1|n_layers: [3]|epoch: 2 ! 3 unknown key "epoch" for TutorialPlan.Settings; did you mean "epochs"? Known keys: epochs, n_layers
        n_layers: [1]                    ! - missing key "epochs" for TutorialPlan.Settings; its value is a whole number
        epochs: 1                        ! - missing key "n_layers" for TutorialPlan.Settings; its value is a list of whole numbers
        epochs: many|n_layers: []        ! 1 "epochs" must be a whole number, found the text "many"
        epochs: "16"|n_layers: []        ! 1 "epochs" must be a whole number, found the text "16"; write 16 without quotes
        epochs: 1_000|n_layers: []       ! 1 "epochs" must be a whole number, found the text "1_000"; write 1000
        epochs: 3.0|n_layers: []         ! 1 "epochs" must be a whole number, found the number 3.0; write 3
        epochs: 3.5|n_layers: []         ! 1 "epochs" must be a whole number, found the number 3.5
        epochs: 1e3|n_layers: []         ! 1 "epochs" must be a whole number, found the number 1e3; write 1000
        epochs: 1e999999999|n_layers: [] ! 1 "epochs" must be a whole number, found the number 1e999999999
        epochs: .nan|n_layers: []        ! 1 "epochs" must be a whole number, found the number .nan
        epochs: 3000000000|n_layers: []  ! 1 "epochs" must be a whole number from -2147483648 to 2147483647, found the number 3000000000
        epochs: true|n_layers: []        ! 1 "epochs" must be a whole number, found true
        epochs: ~|n_layers: []           ! 1 "epochs" must be a whole number, found nothing (null)
        epochs:|n_layers: []             ! 1 "epochs" must be a whole number, found nothing (null)
        epochs: [1]|n_layers: []         ! 1 "epochs" must be a whole number, found a list
        epochs: {}|n_layers: []          ! 1 "epochs" must be a whole number, found an empty map
        epochs: 1|n_layers: 3            ! 2 "n_layers" must be a list of whole numbers, found the number 3; write [3]
        epochs: 1|n_layers:              ! 2 "n_layers" must be a list of whole numbers, found nothing (null); write [] for an empty list
        epochs: 1|n_layers:|- 3|- x      ! 4 "n_layers.1" must be a whole number, found the text "x"
        epochs: 1|n_layers: [~]          ! 2 "n_layers.0" must be a whole number, found nothing (null)
        """)
    void bind_wrongValue_tellsLineAndExpectation(String lines, String message) {
        assertThat(flat(catchBind(TutorialPlan.Settings.class, lines.replace("|", "\n"))))
                .isEqualTo(message);
    }

    record Leaves(
            @Default("1") double real,
            @Default("1") float single,
            @Default("x") String text,
            @Default("true") boolean flag,
            @Default("SGD") Method method,
            @Default("5 min") Duration timeout,
            @Default(".") Path path,
            @Default("c") char letter,
            @Default("[]") Set<Integer> seeds,
            @Default("{}") Map<String, Integer> counts,
            @Default("{}") Map<Integer, String> names,
            Optional<Optimizer> optimizer,
            @Default("1") @Range(min = 0, max = 1) double rate,
            @Default("[]") @Range(min = 1) List<Long> sizes,
            @Default("adam") @OneOf({"adam", "sgd"}) String kind,
            @Default("3") @OneOf({"3", "5"}) int layers) {}

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
        real: x                ! 1 "real" must be a number, found the text "x"
        real: NaN              ! 1 "real" must be a number, found the text "NaN"; write .nan
        real: -Infinity        ! 1 "real" must be a number, found the text "-Infinity"; write -.inf
        real: "0.5"            ! 1 "real" must be a number, found the text "0.5"; write 0.5 without quotes
        real: 1e400            ! 1 "real" must be a number in the range of a double, found the number 1e400
        real: 1e-400           ! 1 "real" must be a number in the range of a double, found the number 1e-400
        single: 1e39           ! 1 "single" must be a number in the range of a float, found the number 1e39
        real: 9007199254740993 ! 1 "real" must be a number that a double holds exactly, found the number 9007199254740993; write it with a decimal point
        single: 16777217       ! 1 "single" must be a number that a float holds exactly, found the number 16777217; write it with a decimal point
        text: 16               ! 1 "text" must be a text, found the number 16; put it in quotes: "16"
        text: 1.10             ! 1 "text" must be a text, found the number 1.10; put it in quotes: "1.10"
        text: true             ! 1 "text" must be a text, found true; put it in quotes: "true"
        flag: yes              ! 1 "flag" must be true or false, found the text "yes"; write true
        flag: Off              ! 1 "flag" must be true or false, found the text "Off"; write false
        flag: "true"           ! 1 "flag" must be true or false, found the text "true"; write true without quotes
        flag: 1                ! 1 "flag" must be true or false, found the number 1
        method: adamw          ! 1 "method" must be one of SGD, ADAM_W, found the text "adamw"; did you mean "ADAM_W"?
        method: rmsprop        ! 1 "method" must be one of SGD, ADAM_W, found the text "rmsprop"
        timeout: 5             ! 1 "timeout" must be a duration such as "5 min", found the number 5; say the unit: "5 s"
        timeout: 5 m           ! 1 "timeout" must be a duration such as "5 min", found the text "5 m"; the units are ms, s, min, h, d and w, the larger first; or write it as PT5M
        path: 2026             ! 1 "path" must be a path, found the number 2026; put it in quotes: "2026"
        path: ""               ! 1 "path" must be a path, found the text ""; write "." for the folder of the file
        letter: ab             ! 1 "letter" must be one character, found the text "ab"
        seeds: [1, 2, 1]       ! 1 "seeds.2" repeats an item of the list: the number 1; remove it
        seeds: {a: 1}          ! 1 "seeds" must be a list of different whole numbers, found a map
        counts: [1]            ! 1 "counts" must be a map to whole numbers, found a list
        counts: {a: x}         ! 1 "counts.a" must be a whole number, found the text "x"
        names: {x: a}          ! 1 a key of "names" must be a whole number, found the text "x"
        names: {1: a, 01: b}   ! 1 the key "01" of "names" is given twice; it was given before at debug.yaml:1
        optimizer: {lr: 1}     ! 1 missing key "optimizer.steps" for Optimizer; its value is a whole number
        optimizer: {stps: 1}   ! 1 unknown key "optimizer.stps" for Optimizer; did you mean "steps"? Known keys: lr, steps
        optimizer: 3           ! 1 "optimizer" must be a map with the keys lr, steps, found the number 3
        rate: 1.5              ! 1 "rate" must be between 0 and 1, found the number 1.5
        rate: .nan             ! 1 "rate" must be between 0 and 1, found the number .nan
        sizes: [1, 0]          ! 1 "sizes.1" must be at least 1, found the number 0
        kind: adma             ! 1 "kind" must be one of adam, sgd, found the text "adma"; did you mean "adam"?
        layers: 4              ! 1 "layers" must be one of 3, 5, found the number 4
        """)
    void bind_wrongLeaf_tellsWhatToWrite(String yaml, String message) {
        assertThat(flat(catchBind(Leaves.class, yaml)).replace("SettingsBindingTest.", ""))
                .startsWith(message);
    }

    @Test
    void bind_choices_areComparedAsValues() {
        record Chosen(
                @OneOf({"adam_w"}) Method method,
                @OneOf({"a.csv", "b.csv"}) Path path,
                @OneOf("1e-3") double rate,
                @OneOf("60 s") List<Duration> times) {}
        String yaml = "method: ADAM_W\npath: ./b.csv\nrate: 0.001\ntimes: [PT1M, 1 min]";
        assertThat(files.debug(yaml).bind(Chosen.class).path())
                .isEqualTo(files.folder().resolve("b.csv"));
    }

    @Test
    void bind_limitsOfARange_areAllowed() {
        record Limited(
                @Range(min = 0, max = 1) List<Double> rates,
                @Range(max = 9007199254740992.0) long steps) {}
        Limited bound = files.debug("rates: [0, 1]\nsteps: 9007199254740992").bind(Limited.class);
        assertThat(bound).isEqualTo(new Limited(List.of(0.0, 1.0), 1L << 53));
        assertThat(catchBind(Limited.class, "rates: []\nsteps: 9007199254740993"))
                .hasMessage("debug.yaml:2: \"steps\" must be at most 9.007199254740992E15, found the number"
                        + " 9007199254740993");
    }

    @Test
    void bind_severalProblems_areToldInTheOrderOfTheFile() {
        String yaml = """
                optimizer:
                  stps: 3
                method: adamw

                real: x
                optimiser: {}
                """;
        assertThat(catchBind(Leaves.class, yaml)).hasMessage("""
                        debug.yaml: 4 problems:
                          debug.yaml:2: unknown key "optimizer.stps" for SettingsBindingTest.Optimizer; \
                        did you mean "steps"? Known keys: lr, steps
                          debug.yaml:3: "method" must be one of SGD, ADAM_W, found the text "adamw"; \
                        did you mean "ADAM_W"?
                          debug.yaml:5: "real" must be a number, found the text "x"
                          debug.yaml:6: unknown key "optimiser" for SettingsBindingTest.Leaves; \
                        did you mean "optimizer"? Known keys: real, single, text, flag, method, timeout, path, letter, seeds, counts, names, \
                        optimizer, rate, sizes, kind, layers""");
    }

    @Test
    void bind_oneProblem_keepsItsParts() {
        PlanException exception = catchBind(TutorialPlan.Settings.class, "epochs: 1\nn_layer: [3]");
        assertThat(exception)
                .hasMessage("debug.yaml:2: unknown key \"n_layer\" for SettingsBindingTest.TutorialPlan.Settings;"
                        + " did you mean \"n_layers\"? Known keys: epochs, n_layers");
        assertThat(exception.location()).contains("debug.yaml:2");
        assertThat(exception.advice()).contains("did you mean \"n_layers\"? Known keys: epochs, n_layers");
    }

    record Wanted(
            @Default("duration=2 h & cpu(cores=2)") Requirement learn,
            @Default("[]") List<Requirement> others) {}

    @Test
    void bind_requirement_isRead() {
        Wanted needs =
                files.debug("others: [cpu(mem=400M), duration=90 s | jdk=21]").bind(Wanted.class);
        assertThat(needs.learn()).isEqualTo(Requirement.parse("duration=2 h & cpu(cores=2)"));
        assertThat(needs.others())
                .containsExactly(Requirement.parse("cpu(mem=400M)"), Requirement.parse("duration=90 s | jdk=21"));
    }

    @Test
    void bind_wrongRequirements_showTheirMistakesAllAtOnce() {
        assertThat(catchBind(Wanted.class, "learn: 90\nothers: [duratoin=90 s & cpu(cores=1]"))
                .hasMessage("""
                debug.yaml: 2 problems:
                  debug.yaml:1: "learn" must be a requirement such as "duration=2 h & cpu(mem=4G, cores=2)", \
                found the number 90
                  debug.yaml:2: "others.0" has mistakes. Cannot read the requirement:
                    duratoin=90 s & cpu(cores=1
                    ^ found "duratoin", expected one of duration, cuda, mps, gpu, cpu, heap, jdk, exclusive, feature; \
                did you mean "duration"?
                                               ^ found the end, expected "," or ")"\
                """);
    }

    @Test
    void bind_keyOfAnEmptyRecord_saysThatItTakesNone() {
        assertThat(catchBind(Empty.class, "epochs: 1"))
                .hasMessage("debug.yaml:1: unknown key \"epochs\" for SettingsBindingTest.Empty; it takes no keys");
    }

    record Checked(int epochs, List<Integer> nLayers, Inner inner) {
        Checked {
            if (epochs < 1) {
                throw new IllegalArgumentException("epochs must be at least 1");
            }
            if (nLayers.isEmpty()) {
                throw new IllegalArgumentException("nLayers is empty");
            }
        }
    }

    record Inner(int low, int high) {
        Inner {
            if (low > high) {
                throw new IllegalArgumentException("an empty interval");
            }
            if (high == 13) {
                throw new IllegalStateException();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
        n_layers: [3]|epochs: 0|inner: {low: 1, high: 2} ! 2 Checked refuses epochs=0, n_layers=[3], inner=Inner[low=1, high=2]: epochs must be at least 1
        n_layers: []|epochs: 1|inner: {low: 1, high: 2}  ! 1 Checked refuses epochs=1, n_layers=[], inner=Inner[low=1, high=2]: nLayers is empty
        n_layers: []|epochs: 1|inner: {low: 3, high: 2}  ! 3 "inner": Inner refuses low=3, high=2: an empty interval
        n_layers: []|epochs: 1|inner: {low: 3, high: 13} ! 3 "inner": Inner refuses low=3, high=13: IllegalStateException
        """)
    void bind_constructorRefuses_namesRecordValuesAndLine(String lines, String message) {
        PlanException exception = catchBind(Checked.class, lines.replace("|", "\n"));
        assertThat(flat(exception)).isEqualTo(message);
        assertThat(exception).hasCauseInstanceOf(RuntimeException.class);
    }

    record Reserved(int epochs, String file, String workdir) {}

    record Unsupported(Object any, int[] array, List<TimeUnit[]> units, Map<Path, String> byPath, Nested nested) {
        record Nested(StringBuilder text) {}
    }

    record Mistaken(
            @Default("x") int number,
            @Default("[1") List<Integer> open,
            @Default("2") @Range(max = 1) int large,
            @Range(min = 1) String text,
            @OneOf({"a"}) int choice,
            @Range(min = 2, max = 1) int none) {}

    record Twice(int nLayers, int n_layers) {}

    @Test
    void bind_classThatCannotHoldSettings_tellsWhatToWrite() {
        assertThat(catchBind(Reserved.class, "")).hasMessage("""
                        SettingsBindingTest.Reserved: 2 problems:
                          SettingsBindingTest.Reserved.file: the key "file" is reserved for the experiment itself; \
                        rename the component; the reserved keys are file, class, id, workdir, imports, env, pass, maven, launcher_options, retries, isolation, priorities, dirty_git, patch_limit, title, description
                          SettingsBindingTest.Reserved.workdir: the key "workdir" is reserved for the experiment itself; \
                        rename the component; the reserved keys are file, class, id, workdir, imports, env, pass, maven, launcher_options, retries, isolation, priorities, dirty_git, patch_limit, title, description""");
        assertThat(catchBind(Unsupported.class, "").getMessage().lines().map(line -> line.split(";")[0]))
                .containsExactly(
                        "SettingsBindingTest.Unsupported: 5 problems:",
                        "  SettingsBindingTest.Unsupported.any: settings cannot hold the type java.lang.Object",
                        "  SettingsBindingTest.Unsupported.array: settings cannot hold the type int[]",
                        "  SettingsBindingTest.Unsupported.units: settings cannot hold the type"
                                + " java.util.concurrent.TimeUnit[]",
                        "  SettingsBindingTest.Unsupported.byPath: settings cannot hold a map with keys of the type"
                                + " java.nio.file.Path",
                        "  SettingsBindingTest.Unsupported.Nested.text: settings cannot hold the type"
                                + " java.lang.StringBuilder");
        assertThat(catchBind(Twice.class, ""))
                .hasMessage("SettingsBindingTest.Twice.n_layers: it has the same key as nLayers: \"n_layers\";"
                        + " rename one of the components");
        assertThat(catchBind(Mistaken.class, "")).hasMessage("""
                        SettingsBindingTest.Mistaken: 6 problems:
                          @Default of SettingsBindingTest.Mistaken.number: "number" must be a whole number, \
                        found the text "x"
                          @Default of SettingsBindingTest.Mistaken.open: not valid YAML: the list that "[" begins here \
                        lacks its "]", or a "," between two items
                          @Default of SettingsBindingTest.Mistaken.large: "large" must be at most 1, found the number 2
                          SettingsBindingTest.Mistaken.text: @Range is for numbers, not for java.lang.String; remove it
                          SettingsBindingTest.Mistaken.choice: the choice "a" of @OneOf is not a whole number
                          SettingsBindingTest.Mistaken.none: @Range allows no number: from 2.0 to 1.0; \
                        its min must not be above its max""");
        assertThat(catchBind(Map.class, "").getMessage())
                .startsWith("Map cannot hold settings: it is not a record; write \"record Settings(");
    }

    record Endless(@Default("{}") Endless inner) {}

    @Test
    void bind_defaultThatContainsItself_isRefused() {
        assertThat(catchBind(Endless.class, "").getMessage()).contains("contains itself");
    }

    /** Returns the message without the test's class and the file's name: {@code 4 unknown key …}. */
    private static String flat(PlanException exception) {
        return exception
                .getMessage()
                .replace("SettingsBindingTest.", "")
                .replace("\n  ", " ")
                .replaceFirst("^debug.yaml: (missing|\")", "- $1")
                .replaceFirst("^debug.yaml: ", "")
                .replaceAll("(^| )debug.yaml:(\\d+): ", "$1$2 ");
    }

    private PlanException catchBind(Class<?> type, String yaml) {
        ExperimentFile file = files.debug(yaml);
        return catchThrowableOfType(PlanException.class, () -> file.bind(type));
    }
}
