package org.experimaestro.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.experimaestro.PlanException;
import org.experimaestro.settings.YamlValue.Mapping;
import org.junit.jupiter.api.Test;

/** Variables of the environment in YAML values. */
class InterpolationTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("EPOCHS", "16", "SCRATCH", "/scratch/ann", "EMPTY", "", "LIST", "[1, 2]", "API_KEY", "x");
    private static final Source SOURCE = Source.ofFile("debug.yaml", 0, Path.of("/plans"));

    /** Values of several types. */
    record Settings(int epochs, String text, String quoted, Path data, List<String> list, String literal) {}

    @Test
    void apply_places_haveTheValuesOfVariables() {
        Mapping map = apply("""
                epochs: ${env:EPOCHS}
                text: ${env:LIST}
                quoted: "${env:EPOCHS}"
                data: ${env:SCRATCH}/corpus-${env:NONE:-small}
                list: ["${env:EMPTY:-a}", "${env:EMPTY}"]
                literal: $${env:EPOCHS} and ${title}
                """);

        assertThat(bind(map))
                .isEqualTo(new Settings(
                        16,
                        "[1, 2]",
                        "16",
                        Path.of("/scratch/ann/corpus-small"),
                        List.of("a", ""),
                        "${env:EPOCHS} and ${title}"));
        String printed = YamlPrinter.print(map, SOURCE);
        assertThat(printed).contains("epochs: 16 # debug.yaml:1 (${env:EPOCHS})");
        assertThat(bind(apply(printed))).isEqualTo(bind(map));
    }

    @Test
    void apply_mistakes_areToldWithPlaceAndWhatToDo() {
        assertThatThrownBy(() -> apply("""
                        a: ${env:NONE}
                        b: ${env:API_KEY}
                        c: [{d: "${env:EPOCHS"}]
                        e: ${env:1X}
                        """))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("debug.yaml:1: the variable NONE is not set")
                .hasMessageContaining("${env:NONE:-TEXT}")
                .hasMessageContaining("debug.yaml:2: the value of API_KEY is probably a secret")
                .hasMessageContaining("pass: [API_KEY]")
                .hasMessageContaining("debug.yaml:3: ")
                .hasMessageContaining("close it with }")
                .hasMessageContaining("debug.yaml:4: \"1X\" is not the name of a variable");
        assertThatThrownBy(() -> bind(apply("epochs: ${env:SCRATCH}\n")))
                .hasMessageContaining("debug.yaml:1 (${env:SCRATCH}): \"epochs\" must be a whole number");
    }

    @Test
    void print_placesOfValues_haveNoTextThatMayBeASecret() {
        Mapping map = apply("env: {DB_PASSWORD: '${env:NONE:-hunter2}s3cret${env:EPOCHS}'}\n");

        assertThat(YamlPrinter.print(SecretVariables.hiddenIn(map), SOURCE))
                .contains("DB_PASSWORD: (hidden) # debug.yaml:1 (${env:NONE}, ${env:EPOCHS})");
    }

    @Test
    void merged_settingsOfARun_areTheSameInTheirNewFile() {
        String shown = YamlPrinter.print(apply("literal: $${env:EPOCHS}\n"), SOURCE);
        MergedSettings again = MergedSettings.of(shown, "run", "grid", Path.of("/w"), Path.of(""));
        MergedSettings ofJson =
                MergedSettings.ofJson("{\"literal\": \"${env:EPOCHS}\"}", "run", "grid", Path.of("/w"), Path.of(""));

        assertThat(again.text()).contains("literal: $${env:EPOCHS}\n", "dirty_git: ignore");
        assertThat(ofJson.text()).contains("literal: $${env:EPOCHS}\n");
    }

    private static Mapping apply(String text) {
        var problems = new Problems();
        Mapping map = new Interpolation(ENVIRONMENT, problems).apply(YamlFile.parse(text, SOURCE, problems));
        problems.throwIfAny("debug.yaml");
        return map;
    }

    private static Object bind(Mapping map) {
        var problems = new Problems();
        var bound = new SettingsBinder(problems, Path.of("/plans")).bindAll(Settings.class, map);
        problems.throwIfAny("debug.yaml");
        return bound.orElseThrow();
    }
}
