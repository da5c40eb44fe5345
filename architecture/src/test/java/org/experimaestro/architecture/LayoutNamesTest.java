package org.experimaestro.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Where things are in a workspace, the module {@code workspace} alone knows. The names of its files and folders are in no text of
 * another module, be it Java or a script.
 */
class LayoutNamesTest {
    /** The names of docs/workspace.md, also as regular expressions have them; those with a number are parts of a name. */
    private static final Pattern NAME = Pattern.compile("(?<![\\w\\\\])\\.experimaestro\\b"
            + "|\\b(done|params|run|jobs|pin|entry)\\\\*\\.jsonl?\\b"
            + "|\\bclasspath\\\\*\\.txt\\b"
            + "|\\b(attempt|process|handed|ended|failed|stdout|stderr|events)-(?![a-z])");

    /** Common words, which are names of folders where a path is made with them. */
    private static final Pattern FOLDER = Pattern.compile(
            "resolve(Sibling)?\\(\"(jobs|experiments|runs|requests|batches|classpath|trash|notes)[\"/]");

    /** The modules that know a name for others, and the code cache, whose folder is in no workspace. */
    private static final List<String> MAY = List.of("OwnFolder.java", "StartCache.java");

    @Test
    void names_ofTheLayout_areInNoOtherRoom() throws IOException {
        List<String> problems = new ArrayList<>();
        for (Path source : sources()) {
            problems.addAll(problems(source.getFileName().toString(), Files.readString(source)));
        }
        assertThat(sources()).hasSizeGreaterThan(300);
        assertThat(problems).isEmpty();
    }

    @Test
    void problems_textsWithNamesOfTheLayout_areNamed() {
        assertThat(problems("A.java", "Path f = p.resolve(\".experimaestro\");"))
                .hasSize(1);
        assertThat(problems("A.java", "String s = \"process-\" + n + \".json\";"))
                .hasSize(1);
        assertThat(problems("A.java", "Pattern.compile(\"done\\\\.json|failed-\" + N)"))
                .hasSize(1);
        assertThat(problems("A.java", "x = \"\"\"\n  if [ -e \"failed-$n.json\" ]; then\n  \"\"\";"))
                .hasSize(1);
        assertThat(problems("A.java", "char c = '\"'; String s = \"params.json\";"))
                .hasSize(1);
        assertThat(problems("A.java", "root.resolve(\"jobs\").resolve(type)")).hasSize(1);
        assertThat(problems("a.sh", "cd \"$1/.experimaestro\"")).hasSize(1);
    }

    @Test
    void problems_otherTexts_areNone() {
        assertThat(problems("A.java", "// process-1.json\n/* done.json */ String s = \"org.experimaestro:api\";"))
                .isEmpty();
        assertThat(problems("A.java", "String s = \"process-wide // failed-over\"; json.put(\"jobs\", 1);"))
                .isEmpty();
        assertThat(problems("OwnFolder.java", "String NAME = \".experimaestro\";"))
                .isEmpty();
        assertThat(problems("a.sh", "# done.json\necho done")).isEmpty();
    }

    private static List<String> problems(String file, String source) {
        if (MAY.contains(file)) {
            return List.of();
        }
        List<String> problems = new ArrayList<>();
        for (String text : file.endsWith(".java") ? literals(source) : commands(source)) {
            if (NAME.matcher(text).find()) {
                problems.add(file + ": " + text);
            }
        }
        if (FOLDER.matcher(source).find()) {
            problems.add(file + ": a folder of the workspace is named");
        }
        return problems;
    }

    private static List<String> commands(String script) {
        return script.lines().filter(line -> !line.strip().startsWith("#")).toList();
    }

    /** The texts of a Java source, without those in comments. */
    private static List<String> literals(String source) {
        List<String> literals = new ArrayList<>();
        for (int i = 0; i < source.length(); ) {
            if (source.startsWith("//", i)) {
                i = end(source, "\n", i + 2);
            } else if (source.startsWith("/*", i)) {
                i = end(source, "*/", i + 2);
            } else if (source.startsWith("\"\"\"", i)) {
                int end = end(source, "\"\"\"", i + 3);
                literals.add(source.substring(i + 3, end - 3));
                i = end;
            } else if (source.charAt(i) == '"' || source.charAt(i) == '\'') {
                int end = end(source, source.substring(i, i + 1), i + 1);
                literals.add(source.substring(i + 1, end - 1));
                i = end;
            } else {
                i++;
            }
        }
        return literals;
    }

    /** Behind the end of a comment or a text; a backslash hides the next character. */
    private static int end(String source, String end, int start) {
        int i = start;
        while (i < source.length() && !source.startsWith(end, i)) {
            i += source.charAt(i) == '\\' && !end.equals("\n") && !end.equals("*/") ? 2 : 1;
        }
        return Math.min(source.length(), i + end.length());
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> modules = Files.list(Page.ROOT)) {
            List<Path> sources = new ArrayList<>();
            for (Path module : modules.toList()) {
                Path main = module.resolve("src/main");
                if (Files.isDirectory(main) && !module.endsWith("workspace")) {
                    try (Stream<Path> files = Files.walk(main)) {
                        files.filter(file -> file.toString().matches(".*\\.(java|sh)"))
                                .forEach(sources::add);
                    }
                }
            }
            return sources;
        }
    }
}
