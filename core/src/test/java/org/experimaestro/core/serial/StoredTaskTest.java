package org.experimaestro.core.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Default;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types that were changed since their configurations were stored. */
class StoredTaskTest {
    @TempDir
    Path folder;

    enum Color {
        RED,
        GREEN
    }

    /** The same constants under other names. */
    enum Hue {
        SCARLET,
        GREEN
    }

    @ConfigType("stored.kinds")
    record Before(
            @Default("true") boolean flag,
            @Default("1") int count,
            @Default("0.1") float narrow,
            @Default("-0.0") double zero,
            @Default("NaN") double unknown,
            @Default("x") char letter,
            @Default("a \"b\"") String text,
            @Default("RED") Color color,
            @Default("/srv/data") Path path,
            @Default("5 min") Duration limit,
            @Default("3") Optional<Integer> maybe,
            @Default("[1, 2]") List<Integer> list,
            @Default("[\"b\", \"a\"]") Set<String> set,
            @Default("{\"RED\": \"1 h\"}") Map<Color, Duration> map,
            @Default("[]") List<Before> parts)
            implements Configurable {}

    /** The same values, written in other forms and with other types. */
    @ConfigType("stored.kinds")
    record Same(
            @Default("true") Boolean flag,
            @Default("1") long count,
            @Default("0.1") float narrow,
            @Default("0") double zero,
            @Default("NaN") double unknown,
            @Default("x") char letter,
            @Default("a \"b\"") Optional<String> text,
            @Default("RED") Color color,
            @Default("/srv/../srv/data") Path path,
            @Default("PT300S") Duration limit,
            @Default("3") int maybe,
            @Default("[1, 2]") List<Long> list,
            @Default("[\"a\", \"b\"]") Set<String> set,
            @Default("{\"RED\": \"60 min\"}") Map<Color, Duration> map,
            @Default("[]") List<Same> parts)
            implements Configurable {}

    @ConfigType("stored.kinds")
    record After(
            @Default("false") boolean flag,
            @Default("2") int count,
            @Default("0.2") float narrow,
            @Default("1") double zero,
            @Default("Infinity") double unknown,
            @Default("y") char letter,
            @Default("") String text,
            @Default("GREEN") Hue color,
            @Default("/srv/other") Path path,
            @Default("6 min") Duration limit,
            Optional<Integer> maybe,
            @Default("[2, 1]") List<Integer> list,
            @Default("[\"a\"]") Set<String> set,
            @Default("{}") Map<Color, Duration> map,
            @Default("[]") List<After> parts)
            implements Configurable {}

    @Test
    void changed_sameValuesInOtherForms_isNothing() throws Exception {
        StoredTask stored = store(Config.builder(Before.class).build());
        ConfigNode<?> same = node(Config.builder(Same.class).build());

        assertThat(same.id()).isEqualTo(Config.builder(Before.class).build().id());
        assertThat(stored.changedValues(same)).isEmpty();
        assertThat(stored.changedDefaults(same.types())).isEmpty();
    }

    @Test
    void changed_otherValues_tellsEachWithWhatToWrite() throws Exception {
        StoredTask stored = store(Config.builder(Before.class).build());
        ConfigNode<?> after = node(Config.builder(After.class).build());

        assertThat(stored.changedValues(after)).isEqualTo(stored.changedDefaults(after.types()));
        assertThat(stored.changedValues(after))
                .extracting(ChangedDefault::toString)
                .allMatch(text -> text.startsWith("the default of ") && text.contains(" of stored.kinds was "))
                .allMatch(text -> text.endsWith(" in " + After.class.getTypeName()))
                .extracting(text -> text.substring(text.indexOf("; ") + 2, text.lastIndexOf(" in ")))
                .containsExactlyInAnyOrder(
                        "write @Default(value = \"false\", was = \"true\")",
                        "write @Default(value = \"2\", was = \"1\")",
                        "write @Default(value = \"0.2\", was = \"0.1\")",
                        "write @Default(value = \"1.0\", was = \"0.0\")",
                        "write @Default(value = \"Infinity\", was = \"NaN\")",
                        "write @Default(value = \"y\", was = \"x\")",
                        "write @Default(value = \"\", was = \"a \\\"b\\\"\")",
                        "add inId = true to its default, since a Hue cannot be \"RED\"",
                        "write @Default(value = \"/srv/other\", was = \"/srv/data\")",
                        "write @Default(value = \"PT6M\", was = \"PT5M\")",
                        "write @Default(value = Default.ABSENT, was = \"3\")",
                        "write @Default(value = \"[2,1]\", was = \"[1,2]\")",
                        "write @Default(value = \"[\\\"a\\\"]\", was = \"[\\\"a\\\",\\\"b\\\"]\")",
                        "write @Default(value = \"{}\", was = \"{\\\"RED\\\":\\\"PT1H\\\"}\")");
    }

    @Test
    void changed_configurationThatDidNotCountInPlaceOfTheDefault_isNothing() throws Exception {
        Config<Before> part = Config.builder(Before.class).set("count", 3).build();
        Config<Before> plain = Config.builder(Before.class).build();
        Config<Before> with = Config.builder(Before.class)
                .set("parts", List.of(part.asMeta()))
                .build();

        assertThat(with.id()).isEqualTo(plain.id());
        assertThat(store(with).changedValues(node(plain))).isEmpty();
    }

    @Test
    void changedValues_thatCount_isNothing() throws Exception {
        Config<Before> before = Config.builder(Before.class).set("count", 7).build();
        Config<After> after = Config.builder(After.class).set("count", 7).build();

        assertThat(after.id()).isEqualTo(before.id());
        assertThat(store(before).changedValues(node(after)))
                .extracting(ChangedDefault::parameter)
                .doesNotContain("count")
                .hasSize(13);
    }

    @Test
    void changed_parameterThatAlwaysCountsNow_isNothing() throws Exception {
        StoredTask stored = store(Config.builder(Small.class).build());
        assertThat(stored.changedDefaults(
                        node(Config.builder(Counted.class).build()).types()))
                .isEmpty();
        assertThat(stored.changedDefaults(
                        node(Config.builder(NextVersion.class).build()).types()))
                .isEmpty();
    }

    @ConfigType("stored.small")
    record Small(@Default("1") int count) implements Configurable {}

    @ConfigType("stored.small")
    record Counted(@Default(value = "2", inId = true) int count) implements Configurable {}

    @ConfigType(value = "stored.small", version = 2)
    record NextVersion(@Default("2") int count) implements Configurable {}

    @Test
    void digest_ofTheSameDefaultsInAnyOrder_isTheSame() {
        List<TypeDescriptor<?>> types = new ArrayList<>(List.of(
                node(Config.builder(Before.class).build()).descriptor(),
                node(Config.builder(Small.class).build()).descriptor()));
        String digest = FirstDefaults.of(types).digest();
        java.util.Collections.reverse(types);

        assertThat(FirstDefaults.of(types).digest()).isEqualTo(digest).matches("[0-9a-f]{32}");
        types.set(0, node(Config.builder(Counted.class).build()).descriptor());
        assertThat(FirstDefaults.of(types).digest()).isNotEqualTo(digest);
    }

    @Test
    void read_fileOfAnEarlierVersion_hasNoDigest_andItsValuesAreCompared() throws Exception {
        Path file = folder.resolve("earlier.json");
        Files.writeString(
                file, ConfigurationWriter.write(Config.builder(Small.class).build(), null, null));
        StoredTask stored = StoredTask.read(file);

        assertThat(stored.digest()).isNull();
        assertThat(stored.changedDefaults(
                        List.of(node(Config.builder(Small.class).build()).descriptor())))
                .isEmpty();
        assertThat(stored.changedValues(node(Config.builder(Small.class).build())))
                .isEmpty();
    }

    @Test
    void read_fileWithDefaults_isReadAsBefore() throws Exception {
        Config<Small> small = Config.builder(Small.class).build();
        String text = text(small);
        assertThat(text).contains("\"defaults\"").contains("\"stored.small@1\"");

        Object read = ConfigurationReader.read(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                folder.resolve("params.json"),
                StoredTaskTest.class.getClassLoader());
        assertThat(((Config<?>) read).id()).isEqualTo(small.id());
    }

    @Test
    void read_otherText_isRefused() throws Exception {
        Path file = folder.resolve("wrong.json");
        Files.writeString(file, "{");
        assertThatThrownBy(() -> StoredTask.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(file + ": Cannot read configurations: ");
    }

    @Test
    void read_fileOfANewerVersion_isRefused() throws Exception {
        Path file = folder.resolve("newer.json");
        Files.writeString(file, "{\"format\": 2, \"configurations\": {}}");
        assertThatThrownBy(() -> StoredTask.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessage(file + ": Cannot read configurations: " + file
                        + ": its format is 2, this version knows up to 1; update Experimaestro");
    }

    @ConfigType("stored.reader")
    record Reading(@Default("data/corpus.txt") Path corpus) implements Configurable {}

    @Test
    void read_parameterWithARelativeDefaultIsMissing_isRefused() {
        String without = text(Config.builder(Reading.class).build()).replaceAll("\"corpus\": \"[^\"]*\"", "");
        assertThatThrownBy(() -> ConfigurationReader.read(
                        without.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        folder.resolve("params.json"),
                        StoredTaskTest.class.getClassLoader()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "The file has no value for the parameter corpus of stored.reader, whose default has a"
                                + " relative path in it");
    }

    private StoredTask store(Config<?> config) throws IOException {
        Path file = folder.resolve("params.json");
        Files.writeString(file, text(config));
        return StoredTask.read(file);
    }

    private static String text(Config<?> config) {
        return ConfigurationWriter.write(
                config, null, null, FirstDefaults.of(node(config).types()));
    }

    private static ConfigNode<?> node(Config<?> config) {
        return (ConfigNode<?>) Node.of(config);
    }
}
