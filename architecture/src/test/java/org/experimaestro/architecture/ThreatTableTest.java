package org.experimaestro.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each threat of docs/trust.md names tests that show its protection, as {@code Class} or {@code Class.method}. */
class ThreatTableTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))(?:\\.(\\w+))?`");

    @Test
    void threats_allOfThem_nameTestsThatAreThere() throws IOException {
        Map<String, String> tests = tests();
        List<String> rows = rows(Page.read(Page.ROOT.resolve("docs/trust.md")).lines());

        assertThat(rows).isNotEmpty();
        assertThat(rows.stream().flatMap(row -> problems(row, tests).stream())).isEmpty();
    }

    @Test
    void problems_namesThatAreNoTests_areNamed() {
        Map<String, String> tests = Map.of("SomeTest", "void read_link_isRefused() {}");

        assertThat(problems("| a link | it is refused | `SomeTest.read_link_isRefused` |", tests))
                .isEmpty();
        assertThat(problems("| a link | it is refused | `SomeTest.read_pipe_isRefused` |", tests))
                .containsExactly("SomeTest has no read_pipe_isRefused: | a link");
        assertThat(problems("| a link | it is refused | `OtherTest` |", tests))
                .containsExactly("there is no OtherTest: | a link");
        assertThat(problems("| a link | it is refused | by hand |", tests)).containsExactly("no test: | a link");
    }

    private static List<String> problems(String row, Map<String, String> tests) {
        int start = row.lastIndexOf('|', row.length() - 2);
        String threat = row.substring(0, row.indexOf('|', 1)).strip();
        List<String> problems = new ArrayList<>();
        Matcher named = TEST.matcher(row.substring(start));
        boolean any = false;
        while (named.find()) {
            any = true;
            String source = tests.get(named.group(1));
            if (source == null) {
                problems.add("there is no " + named.group(1) + ": " + threat);
            } else if (named.group(2) != null && !source.contains(named.group(2) + "(")) {
                problems.add(named.group(1) + " has no " + named.group(2) + ": " + threat);
            }
        }
        if (!any) {
            problems.add("no test: " + threat);
        }
        return problems;
    }

    private static List<String> rows(List<String> lines) {
        return lines.subList(lines.indexOf("## Threats"), lines.size()).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Threat |"))
                .toList();
    }

    /** The sources of all tests by the names of their classes. */
    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new HashMap<>();
        try (Stream<Path> modules = Files.list(Page.ROOT)) {
            for (Path module : modules.toList()) {
                Path sources = module.resolve("src/test/java");
                if (Files.isDirectory(sources)) {
                    try (Stream<Path> files = Files.walk(sources)) {
                        for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                                .toList()) {
                            String name = file.getFileName().toString();
                            tests.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
                        }
                    }
                }
            }
        }
        return tests;
    }
}
