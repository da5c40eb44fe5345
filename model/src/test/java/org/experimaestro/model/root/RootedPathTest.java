package org.experimaestro.model.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.experimaestro.ConfigException;
import org.experimaestro.Roots;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A path below a named root: its text, and its use as any other path. */
class RootedPathTest {
    @TempDir
    private Path place;

    @BeforeEach
    void defineRoots() {
        RootPlaces.define(Map.of("data", place, "models", Path.of("/srv/models")));
    }

    @AfterEach
    void defineNone() {
        RootPlaces.define(Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "data:/trec/x.tsv, data:/trec/x.tsv",
        "data:/, data:/",
        "data:/., data:/",
        "data:/a/, data:/a",
        "data:/a//b, data:/a/b",
        "data:/a/./b/., data:/a/b",
        "data:/a/../b, data:/b",
        "data:/a/b/../.., data:/",
        "data:/..., data:/...",
        "data:/a:/b, data:/a:/b",
        "my_Data-2:/größe, my_Data-2:/größe",
    })
    void parse_text_isNormalized(String text, String normalized) {
        assertThat(RootedPath.parse(text).written()).isEqualTo(normalized);
        assertThat(RootedPath.parse(normalized)).isEqualTo(RootedPath.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:/..",
                "data:/a/../..",
                "data:/a/../../data",
                "data://trec",
                "http://x",
                "data:/a\0b",
                "data:/\uD800"
            })
    void parse_whatIsNoPathBelowARoot_isRefused(String text) {
        assertThatThrownBy(() -> RootedPath.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":/x",
                "data",
                "data:",
                "data:x",
                "./data:/x",
                "/data:/x",
                "a b:/x",
                "dätä:/x",
                "a.b:/x",
                "C:\\x"
            })
    void isWritten_otherTexts_areNot(String text) {
        assertThat(RootedPath.isWritten(text)).isFalse();
        assertThatThrownBy(() -> RootedPath.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Each path, made from critical pieces, is written and read again, and equals the path on this host. */
    @Test
    void parse_randomPaths_roundTrip() {
        Random random = new Random(7);
        String[] pieces = {"a", "b.txt", "..", ".", "", "é", "x:", "…", " "};
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder("data:/a");
            for (int j = random.nextInt(6); j > 0; j--) {
                text.append('/').append(pieces[random.nextInt(pieces.length)]);
            }
            RootedPath path;
            try {
                path = RootedPath.parse(text.toString());
            } catch (IllegalArgumentException outOfRoot) {
                assertThat(Path.of("/r/" + text.substring("data:/".length()))
                                .normalize()
                                .startsWith("/r"))
                        .as(text.toString())
                        .isFalse();
                continue;
            }
            assertThat(RootedPath.parse(path.written())).isEqualTo(path).hasSameHashCodeAs(path);
            assertThat(path.here())
                    .isEqualTo(place.resolve(text.substring("data:/".length())).normalize());
        }
    }

    @Test
    void path_undefinedRoot_saysWhichThereAreAndWhatToWrite() {
        assertThatThrownBy(() -> Roots.path("dta:/x"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("dta:/x: no root \"dta\" is defined here, the roots are data, models")
                .hasMessageContaining("did you mean \"data\"?")
                .hasMessageContaining("roots: {dta: /its/folder}");
    }

    @Test
    void path_otherForm_saysTheForm() {
        assertThatThrownBy(() -> Roots.path("/data/x"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("as in data:/trec/x.tsv");
    }

    @Test
    void made_belowTheRoot_isKnownByIt() {
        Path trec = Roots.path("data:/trec");

        assertThat(trec.resolve("x.tsv")).isEqualTo(RootedPath.parse("data:/trec/x.tsv"));
        assertThat(trec.resolveSibling("msmarco")).isEqualTo(RootedPath.parse("data:/msmarco"));
        assertThat(trec.resolve("a/../b").normalize()).isEqualTo(RootedPath.parse("data:/trec/b"));
        assertThat(trec.getParent()).isEqualTo(RootedPath.parse("data:/"));
        assertThat(trec.toAbsolutePath()).isEqualTo(trec);
    }

    @Test
    void made_outOfTheRoot_isPlain() {
        Path trec = Roots.path("data:/trec");

        assertThat(trec.resolve("../../other")).isEqualTo(place.resolve("trec/../../other"));
        assertThat(Roots.path("data:/").getParent()).isEqualTo(place.getParent());
        assertThat(trec.resolve(Path.of("/etc"))).isEqualTo(Path.of("/etc"));
        assertThat(trec.getFileName()).isEqualTo(Path.of("trec"));
        assertThat(trec.relativize(place.resolve("trec/a"))).isEqualTo(Path.of("a"));
        assertThat(trec.toString()).isEqualTo(place.resolve("trec").toString());
        assertThat(trec.toFile()).isEqualTo(place.resolve("trec").toFile());
        assertThat(trec.toUri()).isEqualTo(place.resolve("trec").toUri());
        assertThat(trec.startsWith(place)).isTrue();
        assertThat(trec.endsWith("trec")).isTrue();
    }

    @Test
    void files_belowARoot_areThoseOfItsFolder() throws IOException {
        Path folder = Files.createDirectories(Roots.path("data:/new/folder"));
        Path file = Files.writeString(folder.resolve("a.txt"), "one");
        Files.writeString(file, " two", StandardOpenOption.APPEND);

        assertThat(place.resolve("new/folder/a.txt")).hasContent("one two");
        assertThat(Files.readString(file)).isEqualTo("one two");
        assertThat(Files.size(file)).isEqualTo(7);
        assertThat(Files.isSameFile(file, place.resolve("new/folder/a.txt"))).isTrue();
        assertThat(file.toRealPath()).isEqualTo(place.toRealPath().resolve("new/folder/a.txt"));
        try (Stream<Path> walked = Files.walk(Roots.path("data:/new"))) {
            assertThat(walked).containsExactly(Roots.path("data:/new"), folder, file);
        }
        try (var entries = Files.newDirectoryStream(folder, "*.txt")) {
            assertThat(entries).containsExactly(file);
        }
        try (var channel = java.nio.channels.FileChannel.open(file)) {
            assertThat(channel.size()).isEqualTo(7);
        }
        Files.copy(file, place.resolve("copy"));
        Files.move(place.resolve("copy"), Roots.path("data:/moved"));
        assertThat(place.resolve("moved")).hasContent("one two");
        Files.setAttribute(file, "unix:mode", 0600);
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        Files.delete(file);
        assertThat(Files.exists(file)).isFalse();
        assertThat(Files.notExists(file)).isTrue();
    }

    @Test
    void compareTo_pathsOfBothKinds_isThatOfTheirPlaces() {
        Path a = Roots.path("data:/a");

        assertThat(a.compareTo(Roots.path("data:/b"))).isNegative();
        assertThat(a.compareTo(Roots.path("data:/a"))).isZero();
        assertThat(a.compareTo(place.resolve("a"))).isNotZero();
        assertThat(a).isNotEqualTo(place.resolve("a"));
        assertThat(place.resolve("a")).isNotEqualTo(a);
    }

    @Test
    void plainPaths_ofAValue_areThoseOfThisHost() {
        Path rooted = Roots.path("data:/a");
        Path plain = place.resolve("a");

        assertThat(PlainPaths.of(rooted)).isEqualTo(plain);
        assertThat(PlainPaths.of(Optional.of(rooted))).isEqualTo(Optional.of(plain));
        assertThat(PlainPaths.of(List.of(List.of(rooted), List.of()))).isEqualTo(List.of(List.of(plain), List.of()));
        assertThat(PlainPaths.of(Set.of(rooted))).isEqualTo(Set.of(plain));
        assertThat(PlainPaths.of(Map.of("a", rooted))).isEqualTo(Map.of("a", plain));
        List<Integer> others = List.of(1);
        assertThat(PlainPaths.of(others)).isSameAs(others);
    }
}
