package org.experimaestro.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.experimaestro.PlanException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.disturbance.fuzz.Fuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFuzzTest {
    private static final String GOOD = """
            class: tutorial.Plan
            id: debug
            env: {A: "1", B: two}
            maven: {profiles: [fast], properties: {a.b: c}}
            whole: 3
            real: 1e-3
            flag: true
            letter: x
            text: "a\\tb # c"
            unit: SECONDS
            timeout: 5 min
            path: data/a.txt
            maybe: &one {count: 1, values: [1.5, .inf, 2]}
            inners:
              - *one
              - {<<: *one, count: 2}
            names:
            - a
            - 'b'
            - |-
              c
              d
            by_unit: {DAYS: [1, 2]}
            """;

    record Inner(long count, List<Double> values) {}

    record Settings(
            int whole,
            double real,
            boolean flag,
            char letter,
            String text,
            TimeUnit unit,
            Duration timeout,
            Path path,
            Optional<Inner> maybe,
            List<Inner> inners,
            Set<String> names,
            Map<TimeUnit, List<Long>> byUnit) {}

    @TempDir
    private Path folder;

    @Test
    void bind_anyFile_givesSettingsThatReadBackOrNamesTheFile() throws Exception {
        var files = new TempFiles(folder.toAbsolutePath());
        yaml("settings").naming("debug.yaml").refusedBy(PlanException.class).bytes(bytes -> {
            Files.write(folder.resolve("debug.yaml"), bytes);
            ExperimentFile file = ExperimentFile.read(folder.resolve("debug"), List.of());
            Settings settings = file.bind(Settings.class);
            file.plan();
            assertThat(files.debug(file.show()).bind(Settings.class)).isEqualTo(settings);
        });
    }

    @Test
    void read_anyOverride_isReadOrNamed() {
        var files = new TempFiles(folder.toAbsolutePath());
        files.write("debug.yaml", GOOD);
        Fuzz.of("override")
                .seeds(
                        "whole=4",
                        "maybe.values.0=1.5",
                        "inners=[]",
                        "by_unit={DAYS: [3]}",
                        "names.0=z",
                        "text=\"a: b\"")
                .words(
                        "whole=",
                        "inners.",
                        ".count=",
                        "imports=",
                        "env.A=",
                        "maven.profiles=",
                        "id=",
                        "workdir=",
                        "file=")
                .refusedBy(PlanException.class)
                .text(text -> ExperimentFile.read(folder.resolve("debug.yaml"), List.of(text))
                        .bind(Settings.class));
    }

    @Test
    void workspaceSettings_anyFile_areReadOrNameTheFile() {
        Path file = folder.resolve(WorkspaceSettings.NAME);
        UserSettings nobody = UserSettings.none("settings.yaml");
        Fuzz.of("workspace-settings")
                .seeds("env:\n  A: 1\n  B_2: \"two\"\n  C: ~/x\n", "env: {}\n", "")
                .words("env:", "  A: ", "&a", "*a", "<<: ")
                .naming(file.toString())
                .refusedBy(WorkspaceException.class)
                .bytes(bytes -> {
                    Files.write(file, bytes);
                    WorkspaceSettings.read(folder, nobody);
                });
    }

    private static Fuzz yaml(String name) {
        return Fuzz.of(name)
                .seeds(GOOD)
                .words("whole: ", "real: ", "timeout: ", "path: ", "maybe: ", "names: ", "  - ", "workdir: ")
                .words(
                        "&a ",
                        "*a",
                        "*one",
                        "<<: *one",
                        "<<: [*one, *a]",
                        "!!int ",
                        "!!str ",
                        "!x ",
                        "? ",
                        "---\n",
                        "...\n")
                .words(
                        "|-\n",
                        ">\n",
                        "%YAML 1.2\n",
                        "%TAG ! !\n",
                        "\\x1b",
                        "\\ud800",
                        "0o17",
                        "1e99999",
                        ".nan",
                        "-.inf");
    }
}
