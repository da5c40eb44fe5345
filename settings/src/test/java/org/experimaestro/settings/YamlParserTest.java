package org.experimaestro.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.experimaestro.PlanException;
import org.experimaestro.settings.YamlValue.Kind;
import org.experimaestro.settings.YamlValue.Mapping;
import org.experimaestro.settings.YamlValue.Scalar;
import org.experimaestro.settings.YamlValue.Sequence;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlParserTest {
    private static final Source SOURCE =
            Source.ofFile("debug.yaml", 0, Path.of("").toAbsolutePath());

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
        a: 1|TABb: 2          ¦ 2: not valid YAML: a tab cannot indent a line; use spaces
        a: b: c               ¦ 1: not valid YAML: a ":" is not expected here; look at the indentation, or put a text that contains ": " in quotes
        a: 1| b: 2            ¦ 2: not valid YAML: a ":" is not expected here; look at the indentation, or put a text that contains ": " in quotes
        a: 1|b: [1, 2|c: 3|   ¦ 2: not valid YAML: the list that "[" begins here lacks its "]", or a "," between two items
        a: 1|b: {x: 2|        ¦ 2: not valid YAML: the map that "{" begins here lacks its "}", or a "," between two entries
        a: 1|b: "x|c: 3       ¦ 2: not valid YAML: the quote that begins here is not closed
        a: 'x|b: 1            ¦ 1: not valid YAML: the quote that begins here is not closed
        a: *unknown           ¦ 1: not valid YAML: found undefined alias unknown
        - a|b: 1              ¦ 2: not valid YAML: expected the end of the block, but found a key (while parsing a block collection)
        a: @x                 ¦ 1: not valid YAML: a value cannot begin with one of the characters @ ` %; put it in quotes
        a: 1|---|b: 2         ¦ 2: not valid YAML: there is a second document after "---"; only one is read
        a: - b                ¦ 1: not valid YAML: a list item "- …" is not expected here; begin the list on a new line
        a: "\\q"               ¦ 1: not valid YAML: found unknown escape character q(113) (while scanning a double-quoted scalar)
        a: 1|b: BELL          ¦ 2: not valid YAML: a control character (code 7) is not allowed
        <<: 3                 ¦ 1: not valid YAML: expected mapping node or an anchor referencing mapping
        a: 1|b: 2|a: 3        ¦ 3: duplicate key "a"; it was given before at debug.yaml:1
        a: {b: 1, b: 2}       ¦ 1: duplicate key "b"; it was given before at debug.yaml:1
        3: x|"3": y           ¦ 2: duplicate key "3"; it was given before at debug.yaml:1
        a: !new 3             ¦ 1: the tag !new is not known; remove it
        a: !!binary aaaa      ¦ 1: the tag !!binary is not known; remove it
        a: !!set {x}          ¦ 1: the tag !!set is not known here; remove it
        a: !!int ten          ¦ 1: "ten" is no !!int; remove the tag
        !?a:%4                ¦ ` not valid YAML: Tag must not contain leading or trailing spaces.`
        ? [a]|: 1             ¦ 1: a list or a map cannot be a key
        ~: 1                  ¦ 1: a key is missing before ":"
        : 1                   ¦ 1: not valid YAML: expected the end of the block, but found ':' (while parsing a block mapping)
        a: &x [1, *x]         ¦ 1: a list or a map contains itself through an alias
        a: 1|b: &x|  <<: *x   ¦ 3: a list or a map contains itself through an alias
        a: &x {b: {<<: [*x]}} ¦ 1: a list or a map contains itself through an alias
        """)
    void parse_wrongText_tellsLineAndProblem(String lines, String message) {
        String text = lines.replace("|", "\n").replace("TAB", "\t").replace("BELL", "\u0007");
        assertThat(catchParse(text)).hasMessage("debug.yaml:" + message);
    }

    @Test
    void parse_topThatIsNoMap_isRefused(@TempDir Path folder) {
        var files = new TempFiles(folder.toAbsolutePath());
        String advice = "; write lines such as \"epochs: 16\", with a space after the colon";
        assertThat(catchThrowableOfType(PlanException.class, () -> files.debug("\nepochs:16")))
                .hasMessage("debug.yaml:2: the file must hold keys with values, found the text \"epochs:16\"" + advice);
        assertThat(catchThrowableOfType(PlanException.class, () -> files.debug("- a")))
                .hasMessage("debug.yaml:1: the file must hold keys with values, found a list" + advice);
    }

    @Test
    void parse_aliasBomb_isRefused() {
        String bomb = "a0: &a0 [x, x]\n"
                + IntStream.range(1, 60)
                        .mapToObj(i -> "a%d: &a%d [*a%d, *a%d]".formatted(i, i, i - 1, i - 1))
                        .collect(Collectors.joining("\n"));
        assertThat(catchParse(bomb)).hasMessage("debug.yaml:1: the aliases stand for more than 1000000 values");
    }

    @ParameterizedTest
    @CsvSource({"1e99999999999, 13", "-1.5E-9999999999, 16"})
    void parse_absurdExponent_isRefusedWithTheLine(String number, int length) {
        assertThat(catchParse("a: 1\nb: " + number))
                .hasMessage("debug.yaml:2: a number of " + length + " characters: more than 1000, or more than 9 in its"
                        + " exponent, are not read; put it in quotes if it is a text");
    }

    @Tag("thorough")
    @ParameterizedTest
    @ValueSource(strings = {"7", "7.", "0x", "0o", ".", "1e"})
    @Timeout(60)
    void parse_millionsOfDigits_areRefusedInTime(String start) {
        assertThat(catchParse("a: " + start + "7".repeat(2_000_000)))
                .hasMessageContaining("debug.yaml:1: a number of 200000");
    }

    @Test
    void parse_longNumbers_areReadUpToTheLimit() {
        assertThat(catchParse("a: " + "7".repeat(1_000) + "\nb: 0x1e77777777\nc: 1e-300\nd: '1e99999999999'"))
                .isNull();
    }

    @Test
    void parse_deepNesting_isRefused() {
        assertThat(catchParse("a: " + "[\n".repeat(50_000)))
                .hasMessage("debug.yaml:100: lists and maps are nested more than 100 deep");
    }

    @ParameterizedTest
    @CsvSource({
        "16, INTEGER",
        "-0x1F, TEXT",
        "0x1F, INTEGER",
        "0o17, INTEGER",
        "012, INTEGER",
        "1e-3, DECIMAL",
        ".5, DECIMAL",
        "1., DECIMAL",
        "-.inf, DECIMAL",
        ".NaN, DECIMAL",
        "true, BOOLEAN",
        "FALSE, BOOLEAN",
        "yes, TEXT",
        "no, TEXT",
        "1:30, TEXT",
        "2026-01-02, TEXT",
        "1_000, TEXT",
        "~, NULL",
        "null, NULL",
        "'\"16\"', TEXT",
        "!!str 16, TEXT",
        "!!float 3, DECIMAL",
        "'''''', TEXT"
    })
    void parse_scalars_followTheCoreSchema(String text, Kind kind) {
        assertThat(parse(text))
                .isInstanceOfSatisfying(
                        Scalar.class, scalar -> assertThat(scalar.kind()).isEqualTo(kind));
    }

    @Test
    void parse_positions_areKept() {
        Mapping map = (Mapping) parse("# comment\na: 1\n\nb:\n  c:\n  - x\n  - {d: 2}\ne:\n  f\n");
        assertThat(map.entries().get("a").key().origin().place()).isEqualTo("debug.yaml:2");
        assertThat(map.entries().get("b").value().origin().line()).isEqualTo(4);
        Sequence list = (Sequence)
                ((Mapping) map.entries().get("b").value()).entries().get("c").value();
        assertThat(list.origin().line()).isEqualTo(5);
        assertThat(list.items()).extracting(item -> item.origin().line()).containsExactly(6, 7);
        assertThat(map.entries().get("e").key().origin().line()).isEqualTo(8);
        assertThat(map.entries().get("e").value().origin().line()).isEqualTo(9);
    }

    @Test
    void parse_aliasesAndMergeKeys_areWrittenOut() {
        Mapping map = (Mapping) parse("""
                base: &base {lr: 1, decay: 2}
                adam:
                  <<: *base
                  decay: 3
                both:
                  <<: [{x: 1}, {x: 2, y: 3}]
                same: *base
                """);
        Mapping adam = (Mapping) map.entries().get("adam").value();
        assertThat(texts(adam)).isEqualTo("decay=3 lr=1");
        assertThat(adam.entries().get("lr").value().origin().line()).isEqualTo(1);
        assertThat(texts((Mapping) map.entries().get("both").value())).isEqualTo("x=1 y=3");
        Mapping same = (Mapping) map.entries().get("same").value();
        assertThat(texts(same)).isEqualTo("decay=2 lr=1");
        assertThat(same.origin().line()).isEqualTo(7);
    }

    @Test
    void parse_byteOrderMark_isSkipped() {
        assertThat(texts((Mapping) parse("\uFEFFa: 1"))).isEqualTo("a=1");
    }

    private static String texts(Mapping map) {
        return map.entries().values().stream()
                .map(entry -> entry.key().text() + "=" + ((Scalar) entry.value()).text())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static YamlValue parse(String text) {
        var problems = new Problems();
        Optional<YamlValue> value = YamlParser.parse(text, SOURCE, problems);
        problems.throwIfAny("debug.yaml");
        return value.orElseThrow();
    }

    private static PlanException catchParse(String text) {
        return catchThrowableOfType(PlanException.class, () -> parse(text));
    }
}
