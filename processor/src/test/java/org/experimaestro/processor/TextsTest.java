package org.experimaestro.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.experimaestro.Config;
import org.experimaestro.ConfigBuilder;
import org.experimaestro.core.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every text that Java allows passes through the processor: in the value, in the Javadoc, and in the resource. */
class TextsTest {
    private static final String HEADER = "import org.experimaestro.*;\nimport java.util.*;\n";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "$",
                "$L $S $T $$ $W $Z $1L $>$<$[$]",
                "*/",
                "/** // */",
                "\\u0022",
                "\\",
                "\"\"\"",
                "'",
                "{@code",
                "{@link X}",
                "@deprecated",
                "a\n@deprecated",
                "\n\n",
                "\r\n",
                "\t",
                "\0",
                "\u0001\u001a\u007f\u0085",
                "\u2028\ufeff\uffff",
                "é",
                "😀 😀",
                "<p>&amp;</p>",
                "<script>",
                "%s %d",
                "\u202e"
            })
    void default_anyText_isTheValueInAnotherEncodingToo(String text) throws Exception {
        String source = HEADER + "/** Holds. @param a " + inComment(text) + " */"
                + " @ConfigType(\"a\") public record A(@Default(\"" + escaped(text) + "\") String a,"
                + " @OneOf({\"" + escaped(text) + "\", \"_\"}) String b) implements Configurable {}";

        Path out = compile(source, "US-ASCII");

        assertThat(builtValue(out)).isEqualTo(text);
        byte[] resource = Files.readAllBytes(out.resolve("META-INF/experimaestro/types/a.json"));
        assertThat(String.valueOf(Json.parse(resource))).contains(text);
    }

    @Test
    void default_longestText_isTheValue() throws Exception {
        String text = "é\n$\"".repeat(13_000);

        Path out = compile(
                HEADER + "@ConfigType(\"a\") public record A(@Default(\"" + escaped(text)
                        + "\") String a) implements Configurable {}",
                "UTF-8");

        assertThat(builtValue(out)).isEqualTo(text);
    }

    @Test
    void default_manyValues_isRefusedWithWords() {
        Sources.refused(
                "@ConfigType record A(int x, @Default(\"[" + "1,".repeat(2_000)
                        + "1]\") List<Integer> §many) implements Configurable {}",
                "The default and the choices of many have 2002 values",
                "a configuration type may have 1000 in all; put them into a file");
        Sources.accepted("@ConfigType record A(@Default(\"[" + "\\\"a\\\",".repeat(990)
                + "\\\"a\\\"]\") List<String> many) implements Configurable {}");
    }

    private static Object builtValue(Path out) throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {out.toUri().toURL()}, TextsTest.class.getClassLoader())) {
            Class<?> builderClass = loader.loadClass("ABuilder");
            Object builder = builderClass.getMethod("a").invoke(null);
            for (Method setter : builderClass.getMethods()) {
                if (setter.getName().equals("b") && setter.getParameterTypes()[0] == String.class) {
                    setter.invoke(builder, "_");
                }
            }
            Config<?> config = ((ConfigBuilder<?>) builder).build();
            Object value = config.value();
            return value.getClass().getMethod("a").invoke(value);
        }
    }

    private Path compile(String source, String encoding) throws Exception {
        Path file = Files.writeString(folder.resolve("A.java"), source, StandardCharsets.US_ASCII);
        Path out = folder.resolve(encoding);
        StringWriter messages = new StringWriter();
        ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        new PrintWriter(messages),
                        new PrintWriter(messages),
                        "-Xlint:all,-processing",
                        "-Xdoclint:all/protected",
                        "-Xdoclint:-missing",
                        "-Werror",
                        "-encoding",
                        encoding,
                        "-d",
                        out.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-processor",
                        ConfigProcessor.class.getName(),
                        file.toString());
        assertThat(messages.toString()).isEmpty();
        return out;
    }

    private static String inComment(String text) {
        StringBuilder entities = new StringBuilder("x");
        text.codePoints()
                .filter(character -> !Character.isISOControl(character) && character != 0xFFFF)
                .forEach(character -> entities.append("&#").append(character).append(';'));
        return entities.toString();
    }

    /** Returns the text in a literal, without a character that is not ASCII. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char character : text.toCharArray()) {
            boolean plain = character >= ' ' && character < 0x7f && character != '"' && character != '\\';
            if (plain) {
                escaped.append(character);
            } else if (character < 0x80) {
                escaped.append(String.format("\\%03o", (int) character));
            } else {
                escaped.append(String.format("\\u%04x", (int) character));
            }
        }
        return escaped.toString();
    }
}
