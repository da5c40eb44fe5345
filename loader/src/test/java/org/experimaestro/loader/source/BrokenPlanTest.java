package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.experimaestro.PlanException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Typical mistakes, one after another, in the plan's file and in a second source. The user's messages are compared
 * with {@code src/test/resources/broken-plans.txt}. Run with {@code -Dgolden.update=true} to write it anew, and
 * review the difference.
 */
class BrokenPlanTest {
    private static final Path GOLDEN = Path.of("src/test/resources/broken-plans.txt");

    private static final String PLAN = """
            import org.experimaestro.*;
            import java.util.List;

            public class Plan implements ExperimentPlan<Plan.Settings> {
                public record Settings(int epochs, String name) {}

                // Runs it.
                public void run(Experiment xp, Settings settings) {
            \t\tString text = "a" + 'b';
                    List<Integer> numbers = List.of(settings.epochs(), 2);
                }
            }

            record Point(int x, int y) {}
            """;

    private static final String SECOND = """
            import org.experimaestro.*;
            import java.util.List;

            class Helper {
                record Settings(int epochs, String name) {}

                // Helps.
                static void help(Settings settings) {
            \t\tString text = "a" + 'b';
                    List<Integer> numbers = List.of(settings.epochs(), 2);
                }
            }

            record Pair(int x, int y) {}
            """;

    /** A text and its replacement; an empty replacement removes the text. */
    private record Mistake(String correct, String written) {}

    private static Map<String, Mistake> mistakes() {
        Map<String, Mistake> mistakes = new LinkedHashMap<>();
        mistakes.put("a comma is missing in a record of its own", new Mistake("int x, int y", "int x int y"));
        mistakes.put("a comma is missing in a nested record", new Mistake("epochs, String", "epochs String"));
        mistakes.put("a comma is missing between arguments", new Mistake("epochs(), 2", "epochs() 2"));
        mistakes.put("a semicolon between components", new Mistake("epochs, String", "epochs; String"));
        mistakes.put("a semicolon is missing", new Mistake("'b';", "'b'"));
        mistakes.put("a semicolon is missing after an import", new Mistake("util.List;", "util.List"));
        mistakes.put("a semicolon is a colon", new Mistake("'b';", "'b':"));
        mistakes.put("the last brace is missing", new Mistake("    }\n}\n", "    }\n"));
        mistakes.put("the brace of a body is missing", new Mistake("settings) {", "settings)"));
        mistakes.put("the brace of a record is missing", new Mistake("name) {}", "name) {"));
        mistakes.put("the body of a record is missing", new Mistake("int y) {}", "int y)"));
        mistakes.put("a brace too many ends the class", new Mistake("name) {}", "name) {}}"));
        mistakes.put("a brace too many ends a method", new Mistake(", 2);", ", 2); }"));
        mistakes.put("a brace too many ends the file", new Mistake("int y) {}", "int y) {}}"));
        mistakes.put("a parenthesis is missing", new Mistake("epochs(), 2)", "epochs(), 2"));
        mistakes.put("a parenthesis too many", new Mistake("epochs(), 2)", "epochs(), 2))"));
        mistakes.put("recrd in a class", new Mistake("record Settings", "recrd Settings"));
        mistakes.put("recrd on its own", new Mistake("\nrecord P", "\nrecrd P"));
        mistakes.put("Record", new Mistake("\nrecord P", "\nRecord P"));
        mistakes.put("clas", new Mistake("class", "clas"));
        mistakes.put("improt", new Mistake("import java", "improt java"));
        mistakes.put("viod", new Mistake("void", "viod"));
        mistakes.put("def, as in Python", new Mistake("void ", "def "));
        mistakes.put("a keyword is missing", new Mistake("record Settings", "Settings"));
        mistakes.put("a quote is missing", new Mistake("\"a\"", "\"a"));
        mistakes.put("a single quote is missing", new Mistake("'b'", "'b"));
        mistakes.put("single quotes around a text", new Mistake("\"a\"", "'alpha'"));
        mistakes.put("a comment does not end", new Mistake("// ", "/* "));
        mistakes.put("a text block does not end", new Mistake("\"a\" +", "\"\"\"\n\t\ta +"));
        mistakes.put("a text block begins on its first line", new Mistake("\"a\"", "\"\"\"a\"\"\""));
        mistakes.put("curly quotes", new Mistake("\"a\"", "“a”"));
        mistakes.put("a space that does not break", new Mistake("text = ", "text\u00a0= "));
        mistakes.put("a byte order mark", new Mistake("import org", "\ufeffimport org"));
        mistakes.put("a NUL beside an error", new Mistake("\"a\" +", "\"a\" \0\u001b[1m ?"));
        mistakes.put("an import of nothing", new Mistake("java.util.List", "java.util.Lisst"));
        mistakes.put("an import of no package", new Mistake("java.util.List", "java.utils.List"));
        mistakes.put("the import of List is missing", new Mistake("import java.util.List;\n", ""));
        mistakes.put("our import is missing", new Mistake("import org.experimaestro.*;", ""));
        mistakes.put(
                "an annotation without its import",
                new Mistake(
                        "import org.experimaestro.*;\nimport java.util.List;",
                        "import java.util.List;\n@ConfigType record Adam(double lr) {}"));
        mistakes.put(
                "a configuration that the processor refuses",
                new Mistake(
                        "\nrecord P",
                        "\n@ConfigType record BadOne(int x) { BadOneBuilder builder() { return null; } }\nrecord P"));
        mistakes.put(
                "a builder of a type that is not annotated",
                new Mistake(
                        "\nrecord P",
                        "\nrecord Lab(int x) { record Sgd(int y) {} Object a() { Lab_SgdBuilder b = null; return LabBuilder.lab(); } }"
                                + "\nrecord P"));
        mistakes.put("a wrong type argument", new Mistake("<Integer>", "<String>"));
        mistakes.put("a type argument that is primitive", new Mistake("<Integer>", "<int>"));
        mistakes.put("a type argument does not end", new Mistake("<Integer>", "<Integer"));
        mistakes.put(
                "a class that is there twice", new Mistake("\nrecord P", "\nclass Pair {}\nclass Point {}\nrecord P"));
        mistakes.put("a value of another type", new Mistake("'b';", "'b'; int more = \"é\";"));
        mistakes.put(
                "a package statement after imports",
                new Mistake("import java.util.List;", "import java.util.List; package acme;"));
        mistakes.put("another package", new Mistake("import org", "package acme; import org"));
        mistakes.put("a method outside of the class", new Mistake("\nrecord P", "\nvoid helper() {}\nrecord P"));
        mistakes.put(
                "a method outside, and an error in it",
                new Mistake("\nrecord P", "\nvoid helper() { unknown(); }\nrecord P"));
        mistakes.put("a main outside of the class", new Mistake("\nrecord P", "\nvoid main() {}\nrecord P"));
        mistakes.put("merge markers", new Mistake("// ", "<<<<<<< HEAD\n// "));
        return mistakes;
    }

    @TempDir
    static Path tools;

    @TempDir
    Path folder;

    private static Toolbox toolbox;

    @BeforeAll
    static void prepare() throws IOException {
        toolbox = TestToolbox.in(tools);
    }

    @Test
    void load_mistake_showsTheCompilersMessageFirst() throws IOException {
        StringBuilder all = new StringBuilder();
        for (var mistake : mistakes().entrySet()) {
            Mistake change = mistake.getValue();
            all.append("== ").append(mistake.getKey()).append("\n");
            all.append(message(edited(PLAN, change), SECOND)).append("\n");
            all.append("-- in a second source\n");
            all.append(message(PLAN, edited(SECOND, change))).append("\n");
        }
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, all);
        }
        assertThat(all.toString()).isEqualTo(Files.readString(GOLDEN));
    }

    private static String edited(String source, Mistake mistake) {
        assertThat(source).contains(mistake.correct);
        int at = source.indexOf(mistake.correct);
        return source.substring(0, at) + mistake.written + source.substring(at + mistake.correct.length());
    }

    private String message(String plan, String second) throws IOException {
        Path file = Files.writeString(folder.resolve("experiment.java"), plan);
        Files.writeString(folder.resolve("helper.java"), second);
        try {
            PlanSources.fromSourceFile(file, toolbox, step -> {});
            return "no error\n";
        } catch (PlanException e) {
            return e.getMessage();
        }
    }
}
