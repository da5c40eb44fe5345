package org.experimaestro.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each Java block of README.md and docs is an excerpt of a file that is compiled and run by a test: the line before it is
 * {@code <!-- from PATH -->}, and its lines are in that file, one after another. Blocks of other languages may be marked
 * too. With {@code -Dgolden.update=true} each marked block gets what the file has now between its first and last line.
 */
class DocumentationTest {
    /** What is compiled and run: by ExamplesTest, and the tutorial by .ci/run too. */
    private static final List<String> TESTED =
            List.of("examples/", "architecture/src/test/", "launcher-contract/src/test/java/");

    /** Its blocks are cut from regions of a test of core, which compares them itself. */
    private static final String CHECKED_IN_CORE = "identifier-bytes.md";

    @Test
    void blocks_ofAllPages_areExcerptsOfTestedFiles() throws IOException {
        List<String> problems = new ArrayList<>();
        for (Page page : Page.all()) {
            Page current = Boolean.getBoolean("golden.update") ? update(page) : page;
            problems.addAll(problems(current));
        }

        assertThat(problems).isEmpty();
    }

    @Test
    void links_ofAllPages_leadSomewhere() throws IOException {
        List<String> problems = new ArrayList<>();
        for (Page page : Page.all()) {
            problems.addAll(deadLinks(page));
        }

        assertThat(problems).isEmpty();
    }

    @Test
    void readme_bareCommand_isCalledAfterItIsOnThePath() throws IOException {
        List<String> lines = Page.read(Page.ROOT.resolve("README.md")).lines();
        int onPath = lines.stream()
                .map(line -> line.contains("export PATH="))
                .toList()
                .indexOf(true);
        int called = lines.stream()
                .map(line -> line.startsWith("experimaestro ") || line.startsWith("`experimaestro "))
                .toList()
                .indexOf(true);

        assertThat(onPath).isNotNegative().isLessThan(called);
    }

    @Test
    void problems_unmarkedBlock_namesIt() throws IOException {
        assertThat(problems(page("# Title", "```java", "int x = 1;", "```")))
                .containsExactly("test.md:3: no <!-- from PATH --> before the block");
    }

    @Test
    void problems_changedBlock_namesItsSource() throws IOException {
        String marker = "<!-- from examples/quickstart/debug.yaml -->";

        assertThat(problems(page(marker, "```yaml", "file: experiment", "```"))).isEmpty();
        assertThat(problems(page(marker, "```yaml", "file: experiment", "counts: [1]", "```")))
                .containsExactly("test.md:3: these lines are not in examples/quickstart/debug.yaml");
    }

    @Test
    void problems_untestedSource_isRefused() throws IOException {
        assertThat(problems(page("<!-- from pom.xml -->", "```java", "</project>", "```")))
                .containsExactly("test.md:3: nothing tests pom.xml");
    }

    @Test
    void deadLinks_missingFileOrHeading_namesIt(@TempDir Path folder) throws IOException {
        Page page = page(
                folder,
                "# One title",
                "[good](#one-title) [web](https://example.org) [here](test.md#one-title)",
                "[gone](gone.md) [wrong](#other)");

        assertThat(deadLinks(page)).containsExactly("test.md: gone.md", "test.md: #other");
    }

    @Test
    void refreshed_longerText_takesWhatIsBetween() {
        List<String> text = List.of("class A {", "    int a;", "    int b;", "}");

        assertThat(Page.refreshed(List.of("class A {", "    int a;", "}"), text))
                .contains(text);
        assertThat(Page.refreshed(List.of("int a;", "int b;"), text)).contains(List.of("int a;", "int b;"));
        assertThat(Page.refreshed(List.of("class B {", "}"), text)).isEmpty();
    }

    private static List<String> problems(Page page) throws IOException {
        List<String> problems = new ArrayList<>();
        for (Page.Block block : page.blocks()) {
            String place = page.file().getFileName() + ":" + block.line() + ": ";
            if (block.source().isEmpty()) {
                boolean elsewhere = page.file().endsWith(CHECKED_IN_CORE);
                if (block.language().equals("java") && !elsewhere) {
                    problems.add(place + "no <!-- from PATH --> before the block");
                }
                continue;
            }
            String source = block.source().get();
            if (TESTED.stream().noneMatch(source::startsWith)) {
                problems.add(place + "nothing tests " + source);
            } else if (!Page.isExcerpt(block.code(), Files.readAllLines(Page.ROOT.resolve(source)))) {
                problems.add(place + "these lines are not in " + source);
            }
        }
        return problems;
    }

    private static Page update(Page page) throws IOException {
        List<String> lines = new ArrayList<>(page.lines());
        for (Page.Block block : page.blocks().reversed()) {
            Path source = Page.ROOT.resolve(block.source().orElse(""));
            if (block.source().isPresent() && Files.isRegularFile(source)) {
                List<String> text = Files.readAllLines(source);
                List<String> place = lines.subList(
                        block.line() - 1, block.line() - 1 + block.code().size());
                if (!Page.isExcerpt(List.copyOf(place), text)) {
                    Page.refreshed(List.copyOf(place), text).ifPresent(fresh -> {
                        place.clear();
                        place.addAll(fresh);
                    });
                }
            }
        }
        Files.write(page.file(), lines);
        return new Page(page.file(), lines);
    }

    private static List<String> deadLinks(Page page) throws IOException {
        List<String> dead = new ArrayList<>();
        for (String link : page.links()) {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]);
            boolean alive = Files.exists(target)
                    && (parts.length == 1 || Page.read(target).anchors().contains(parts[1]));
            if (!alive) {
                dead.add(page.file().getFileName() + ": " + link);
            }
        }
        return dead;
    }

    private static Page page(String... lines) {
        return new Page(Page.ROOT.resolve("test.md"), List.of(lines));
    }

    private static Page page(Path folder, String... lines) throws IOException {
        return Page.read(Files.write(folder.resolve("test.md"), List.of(lines)));
    }
}
