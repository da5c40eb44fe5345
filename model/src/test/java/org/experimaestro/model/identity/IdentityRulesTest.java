package org.experimaestro.model.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigId;
import org.experimaestro.Tags;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.Producer;
import org.experimaestro.model.type.Encoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules about values that count in an identifier, and values that do not. */
class IdentityRulesTest {
    private static final String JOB = "jobs/t.learn/00112233445566778899aabbccddeeff";
    private static final Sample.Type MODEL = Sample.Type.of("model", Parameter.of("layers", ValueType.INT));

    @Test
    void id_mapsAndSetsInOtherOrders_isTheSame() {
        Map<String, Object> forward = new LinkedHashMap<>();
        Map<String, Object> backward = new LinkedHashMap<>();
        for (int i = 0; i < 10; i++) {
            forward.put("k" + i, i);
            backward.put("k" + (9 - i), 9 - i);
        }
        ValueType map = ValueType.map(ValueType.STRING, ValueType.INT);
        ValueType set = ValueType.set(ValueType.STRING);
        assertThat(idOf(map, forward)).isEqualTo(idOf(map, backward));
        assertThat(idOf(set, new LinkedHashSet<>(forward.keySet())))
                .isEqualTo(idOf(set, new LinkedHashSet<>(backward.keySet())));
    }

    @Test
    void encode_unsortedMapsAndSets_sortsThem() {
        Map<String, Integer> forward = new LinkedHashMap<>(Map.of("a", 1));
        forward.put("b", 2);
        Map<String, Integer> backward = new LinkedHashMap<>(Map.of("b", 2));
        backward.put("a", 1);
        ValueType map = ValueType.map(ValueType.STRING, ValueType.INT);
        ValueType set = ValueType.set(ValueType.STRING);
        assertThat(Encoder.encode(map, forward)).isEqualTo(Encoder.encode(map, backward));
        assertThat(Encoder.encode(set, forward.keySet())).isEqualTo(Encoder.encode(set, backward.keySet()));
        assertThat(Encoder.encode(set, List.of("a", "a"))).isEqualTo(Encoder.encode(set, List.of("a")));
    }

    @Test
    void id_listsInOtherOrder_isAnother() {
        ValueType list = ValueType.list(ValueType.INT);
        assertThat(idOf(list, List.of(1, 2))).isNotEqualTo(idOf(list, List.of(2, 1)));
    }

    @Test
    void id_ofNestedListsSplitOtherwise_isAnother() {
        ValueType lists = ValueType.list(ValueType.list(ValueType.STRING));
        assertThat(idOf(lists, List.of(List.of("a"), List.of("b"))))
                .isNotEqualTo(idOf(lists, List.of(List.of("a", "b"), List.of())));
        assertThat(idOf(ValueType.list(ValueType.STRING), List.of("a", "b")))
                .isNotEqualTo(idOf(ValueType.list(ValueType.STRING), List.of("ab")));
    }

    @Test
    void id_valueEqualToDefault_isThatOfTheUnsetParameter() {
        Sample.Type adam =
                Sample.Type.of("adam", Parameter.of("lr", ValueType.DOUBLE).withDefault(1e-3));
        assertThat(adam.build("lr", 1e-3).id()).isEqualTo(adam.build().id());
        assertThat(adam.build("lr", 1e-4).id()).isNotEqualTo(adam.build().id());
    }

    @Test
    void id_parameterWithDefaultIsAdded_staysTheSame() {
        Sample.Type later = Sample.Type.of(
                "model",
                Parameter.of("bias", ValueType.BOOLEAN).withDefault(false),
                Parameter.of("layers", ValueType.INT));
        assertThat(later.build("layers", 3).id())
                .isEqualTo(MODEL.build("layers", 3).id());
    }

    @Test
    void id_defaultThatCounts_differsFromATypeWithoutTheParameter() {
        Sample.Type counted = Sample.Type.of(
                "model",
                Parameter.of("bias", ValueType.BOOLEAN).withDefault(false).withDefaultInId(),
                Parameter.of("layers", ValueType.INT));
        assertThat(counted.build("layers", 3).id())
                .isNotEqualTo(MODEL.build("layers", 3).id());
    }

    @Test
    void id_configurationEqualToDefaultFromMethod_isThatOfTheUnsetParameter() {
        Sample.Type learn = Sample.Type.of(
                        "learn", Parameter.of("model", Sample.TYPE).withDefaultFromMethod())
                .withDefaultConfig("model", MODEL.build("layers", 3));
        assertThat(learn.build("model", MODEL.build("layers", 3)).id())
                .isEqualTo(learn.build().id());
        assertThat(learn.build("model", MODEL.build("layers", 5)).id())
                .isNotEqualTo(learn.build().id());
    }

    @Test
    void id_metaParametersGeneratedPathsAndTags_neverCount() {
        Sample.Type task = Sample.Type.of(
                "task",
                Parameter.of("gpus", ValueType.INT).withMeta(),
                Parameter.of("out", ValueType.PATH).withGeneratedPath("out.txt"));
        ConfigId id = Sample.Type.of("task").build().id();
        assertThat(task.build("gpus", 1).id()).isEqualTo(id);
        assertThat(task.build("gpus", Tags.tag(4)).tag("a", "b").stopTags().id())
                .isEqualTo(id);
    }

    @Test
    void id_sharedHandleAndEqualHandles_isTheSame() {
        Sample.Type pair = Sample.Type.of("pair", Parameter.of("l", Sample.TYPE), Parameter.of("r", Sample.TYPE));
        Config<?> shared = MODEL.build("layers", 3);
        assertThat(pair.build("l", shared, "r", shared).id())
                .isEqualTo(pair.build("l", MODEL.build("layers", 3), "r", MODEL.build("layers", 3))
                        .id());
    }

    @Test
    void id_configurationMadeByTask_differsFromPlainAndBetweenTasks() {
        Config<Sample> plain = MODEL.build("layers", 3);
        Config<Sample> first = producedBy(Sample.Type.of("learn").build(), plain);
        Config<Sample> second = producedBy(Sample.Type.of("tune").build(), plain);
        Config<Sample> twice = producedBy(Sample.Type.of("tune").build(), first);
        assertThat(List.of(plain.id(), first.id(), second.id())).doesNotHaveDuplicates();
        // A new producer replaces the old producer: the new task's identifier contains the old one's.
        assertThat(twice.id()).isEqualTo(second.id());
    }

    @Test
    void id_taskThatIsItsOwnOutput_isTheJobs() {
        Config<Sample> task = MODEL.build("layers", 3);
        ConfigNode<?> output = ((ConfigNode<?>) Node.of(task)).producedByItself(Path.of("/w/" + JOB));
        assertThat(output.id()).isEqualTo(task.id());
    }

    @Test
    void id_negativeZeroAndEveryNaN_isOneValueEach() {
        double otherNaN = Double.longBitsToDouble(0x7ff8000000000001L);
        assertThat(idOf(ValueType.DOUBLE, -0.0)).isEqualTo(idOf(ValueType.DOUBLE, 0.0));
        assertThat(idOf(ValueType.DOUBLE, otherNaN)).isEqualTo(idOf(ValueType.DOUBLE, Double.NaN));
        assertThat(idOf(ValueType.FLOAT, Float.NaN)).isEqualTo(idOf(ValueType.DOUBLE, Double.NaN));
        assertThat(idOf(ValueType.FLOAT, -0.0f)).isEqualTo(idOf(ValueType.DOUBLE, 0.0));
        assertThat(Encoder.encode(ValueType.DOUBLE, -0.0)).isEqualTo(Encoder.encode(ValueType.DOUBLE, 0.0));
    }

    @Test
    void id_wholeNumbersOfAnyType_shareOneTag() {
        assertThat(List.of(
                        idOf(ValueType.BYTE, (byte) 3),
                        idOf(ValueType.SHORT, (short) 3),
                        idOf(ValueType.INT, 3L),
                        idOf(ValueType.LONG, 3)))
                .containsOnly(idOf(ValueType.INT, 3));
        assertThat(idOf(ValueType.DOUBLE, 3)).isNotEqualTo(idOf(ValueType.INT, 3));
    }

    @Test
    void id_absentOptional_isThatOfTheUnsetParameter() {
        Sample.Type type = Sample.Type.of("t", Parameter.of("x", ValueType.optional(ValueType.INT)));
        assertThat(type.build("x", Optional.empty()).id())
                .isEqualTo(type.build().id());
        assertThat(type.build("x", Optional.of(1)).id())
                .isEqualTo(type.build("x", 1).id());
        assertThat(type.build("x", 1).id()).isNotEqualTo(type.build().id());
    }

    @Test
    void id_otherVersionOrTypeId_isAnother() {
        assertThat(List.of(
                        Sample.Type.of("t").build().id(),
                        new Sample.Type("t", 2, List.of()).build().id(),
                        Sample.Type.of("u").build().id()))
                .doesNotHaveDuplicates();
    }

    @Test
    void id_parameterRenamed_isAnother() {
        Sample.Type renamed = Sample.Type.of("model", Parameter.of("depth", ValueType.INT));
        assertThat(renamed.build("depth", 3).id())
                .isNotEqualTo(MODEL.build("layers", 3).id());
    }

    @Test
    void id_pathInsideAJobsFolder_doesNotDependOnTheWorkspace() {
        ConfigId here = idOf(ValueType.PATH, Path.of("/home/me/ws", JOB, "model.bin"));
        assertThat(idOf(ValueType.PATH, Path.of("/mnt/ws", JOB, "x/../model.bin")))
                .isEqualTo(here);
        assertThat(idOf(ValueType.PATH, Path.of("/home/me/ws", JOB, "other.bin")))
                .isNotEqualTo(here);
        assertThat(idOf(ValueType.PATH, Path.of("/home/me/ws", JOB))).isNotEqualTo(here);
        assertThat(idOf(ValueType.PATH, Path.of("/jobs/t.learn/short/model.bin")))
                .isNotEqualTo(idOf(ValueType.PATH, Path.of("/mnt/jobs/t.learn/short/model.bin")));
    }

    @Test
    void id_contentOfFile_countsInsteadOfItsPlace(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "same");
        Path copy = Files.writeString(folder.resolve("b"), "same");
        Path other = Files.writeString(folder.resolve("c"), "other");
        assertThat(contentId(file)).isEqualTo(contentId(copy)).isNotEqualTo(contentId(other));
        assertThat(contentId(file)).isNotEqualTo(idOf(ValueType.PATH, file));
    }

    @Test
    void id_contentOfFolder_countsNamesAndBytesOfItsFiles(@TempDir Path folder) throws IOException {
        Path one = files(folder.resolve("one"), "a", "ab", "sub/b", "c");
        assertThat(contentId(one)).isEqualTo(contentId(files(folder.resolve("same"), "sub/b", "c", "a", "ab")));
        assertThat(contentId(one)).isNotEqualTo(contentId(files(folder.resolve("renamed"), "a", "ab", "sub/d", "c")));
        assertThat(contentId(one)).isNotEqualTo(contentId(files(folder.resolve("shifted"), "a", "a", "sub/b", "bc")));
        assertThat(contentId(files(folder.resolve("empty"))))
                .isNotEqualTo(contentId(files(folder.resolve("f"), "x", "").resolve("x")));
    }

    @Test
    void id_contentInsideAJobsFolder_isTheJobs() {
        Path path = Path.of("/nowhere", JOB, "model.bin");
        assertThat(contentId(path)).isEqualTo(idOf(ValueType.PATH, path));
    }

    @Test
    void id_contentThatIsMissing_isAnErrorWithThePath() {
        assertThatThrownBy(() -> contentId(Path.of("/nowhere/data.csv")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Cannot identify /nowhere/data.csv by its content: there is no such file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "a\uDE00", "\uDE00\uD83D", "\uD83Dx"})
    void set_halfASurrogatePair_isRefused(String text) {
        assertThatThrownBy(() -> idOf(ValueType.STRING, text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Parameter x of t has half of a surrogate pair at position ");
    }

    @Test
    void set_pathInAnArchive_isRefused(@TempDir Path folder) throws IOException {
        try (FileSystem archive = FileSystems.newFileSystem(folder.resolve("a.zip"), Map.of("create", "true"))) {
            assertThatThrownBy(() -> idOf(ValueType.PATH, archive.getPath("/a")))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("Parameter x of t is jar:")
                    .hasMessageContaining("pass the path of a file or folder of this machine");
        }
    }

    @Test
    void build_twoThousandLevels_hasIdentifierTagsAndValue() {
        Sample.Type chain = Sample.Type.of("chain", Parameter.of("next", ValueType.optional(Sample.TYPE)));
        Config<Sample> bottom = chain.build().tag("bottom", true);
        Config<Sample> top = bottom;
        for (int level = 0; level < 2_000; level++) {
            top = chain.build("next", top);
        }
        assertThat(top.id()).isNotEqualTo(bottom.id());
        assertThat(Tags.tags(top)).containsEntry("bottom", true);
        assertThat(top.value()).isInstanceOf(Sample.class);
        Config<Sample> unknown = top;
        assertThatThrownBy(() -> unknown.get(value -> "computed")).isInstanceOf(ConfigException.class);
    }

    @Test
    void get_computedValueOfAGraphThatSharesMuch_failsSoon() {
        Sample.Type pair = Sample.Type.of("pair", Parameter.of("l", Sample.TYPE), Parameter.of("r", Sample.TYPE));
        Config<Sample> top = MODEL.build("layers", 1);
        for (int level = 0; level < 60; level++) {
            top = pair.build("l", top, "r", top);
        }
        Config<Sample> shared = top;
        assertThatThrownBy(() -> shared.get(value -> "computed")).isInstanceOf(ConfigException.class);
    }

    private static ConfigId idOf(ValueType type, Object value) {
        return Sample.Type.of("t", Parameter.of("x", type)).build("x", value).id();
    }

    private static ConfigId contentId(Path path) {
        return Sample.Type.of("t", Parameter.of("x", ValueType.PATH).withContent())
                .build("x", path)
                .id();
    }

    private static Path files(Path folder, String... namesAndTexts) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            Path file = folder.resolve(namesAndTexts[i]);
            Files.createDirectories(file.getParent());
            Files.writeString(file, namesAndTexts[i + 1]);
        }
        return folder;
    }

    private static Config<Sample> producedBy(Config<Sample> task, Config<Sample> config) {
        ConfigNode<?> node = (ConfigNode<?>) Node.of(task);
        return ((ConfigNode<Sample>) Node.of(config))
                .producedBy(new Producer(task.type(), task.id(), Path.of("/w/jobs"), node));
    }
}
