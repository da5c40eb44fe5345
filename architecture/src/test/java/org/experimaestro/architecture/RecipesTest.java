package org.experimaestro.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.experimaestro.disturbance.BackgroundTraining;
import org.experimaestro.disturbance.JvmCommand;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each recipe of {@code docs/recipes} does what it says. The {@code sh} blocks of a page are called one after the other by one
 * shell, in a copy of the folder of {@code examples/recipes} that the page links to first, with real processes. Each line of the {@code text} block after a block is a
 * line of its output; {@code …} stands for any text, and seconds may differ. A block ends with exit code 0, or with the one
 * that {@code <!-- exit code N -->} before it gives. {@code <!-- not run: REASON -->} leaves a block out.
 */
@Tag("thorough")
class RecipesTest {
    private static final Path RECIPES = Page.ROOT.resolve("docs/recipes");
    private static final Pattern EXIT_CODE = Pattern.compile("<!-- exit code ([0-9]+) -->");
    private static final Pattern EXAMPLE = Pattern.compile("\\.\\./\\.\\./examples/recipes/([a-z-]+)");
    private static final String NOT_RUN = "<!-- not run: ";
    private static final String END = "@end of block ";
    private static final long LIMIT_MINUTES = 5;

    /** One for all recipes, as a user has one: its start cache is made once. */
    @TempDir
    static Path caches;

    @TempDir
    private Path folder;

    @AfterAll
    static void awaitTraining() throws IOException, InterruptedException {
        BackgroundTraining.awaitEnd(caches);
    }

    static List<String> recipes() throws IOException {
        try (Stream<Path> pages = Files.list(RECIPES)) {
            return pages.map(page -> page.getFileName().toString())
                    .filter(name -> name.endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void recipe_itsCommands_printWhatThePageSays(String name) throws Exception {
        Page page = Page.read(RECIPES.resolve(name));
        assumeTrue(
                "true".equals(System.getenv("CI")),
                "runs the commands of each recipe, so it wants the variable CI=true");
        assumeTrue(!name.startsWith("python") || isOnPath("python3"), "python3 is not on the PATH");

        assertThat(problems(page)).isEmpty();
    }

    @Test
    void problems_otherOutput_showsTheLineAndTheOutput() throws Exception {
        Page page = page(
                "```sh", "echo 'rate 0.1 in 3.5 s'; echo two", "```", "", "```text", "… 0.1 in 0.2 s", "one", "```");

        assertThat(problems(page)).containsExactly("test.md:7: no line \"one\" in the output:\nrate 0.1 in 3.5 s\ntwo");
    }

    @Test
    void problems_otherExitCode_showsBoth() throws Exception {
        assertThat(problems(page("```sh", "(exit 3)", "```")))
                .containsExactly("test.md:2: exit code 3 instead of 0:\n");
        assertThat(problems(page("<!-- exit code 3 -->", "```sh", "(exit 3)", "```")))
                .isEmpty();
    }

    @Test
    void problems_blockThatIsLeftOut_isNotRun() throws Exception {
        assertThat(problems(page("<!-- not run: it needs Slurm -->", "```sh", "exit 3", "```")))
                .isEmpty();
    }

    private List<String> problems(Page page) throws IOException, InterruptedException {
        List<Page.Block> blocks = page.blocks();
        List<Integer> called = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).language().equals("sh")
                    && !marker(page, blocks.get(i)).startsWith(NOT_RUN)) {
                called.add(i);
            }
        }
        List<Called> results = call(called.stream().map(blocks::get).toList(), example(page));
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            Page.Block block = blocks.get(called.get(i));
            Matcher exit = EXIT_CODE.matcher(marker(page, block));
            int wanted = exit.matches() ? Integer.parseInt(exit.group(1)) : 0;
            String output = results.get(i).output();
            if (results.get(i).exitCode() != wanted) {
                problems.add(place(page, block.line()) + "exit code "
                        + results.get(i).exitCode() + " instead of " + wanted + ":\n" + output);
            }
            if (called.get(i) + 1 < blocks.size()) {
                problems.addAll(missingLines(page, blocks.get(called.get(i) + 1), output));
            }
        }
        return problems;
    }

    private static List<String> missingLines(Page page, Page.Block shown, String output) {
        List<String> missing = new ArrayList<>();
        if (shown.language().equals("text")) {
            for (int i = 0; i < shown.code().size(); i++) {
                String line = shown.code().get(i);
                if (!isPrinted(line, output)) {
                    missing.add(place(page, shown.line() + i) + "no line \"" + line + "\" in the output:\n" + output);
                }
            }
        }
        return missing;
    }

    private static boolean isPrinted(String line, String output) {
        Pattern form = Pattern.compile(Arrays.stream(anySeconds(line).split("…", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")));
        return anySeconds(output)
                .lines()
                .anyMatch(printed -> form.matcher(printed).matches());
    }

    private static String anySeconds(String text) {
        return text.replaceAll("[0-9]+\\.[0-9] s\\b", "… s");
    }

    /** What precedes the block's fence. */
    private static String marker(Page page, Page.Block block) {
        return block.line() < 3 ? "" : page.lines().get(block.line() - 3).strip();
    }

    private static String place(Page page, int line) {
        return page.file().getFileName() + ":" + line + ": ";
    }

    private record Called(int exitCode, String output) {}

    /** Calls the blocks in one shell, so that each begins where the one before has led. */
    private List<Called> call(List<Page.Block> blocks, Path example) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder();
        for (Page.Block block : blocks) {
            script.append(String.join("\n", block.code())).append("\nprintf '\\n" + END + "%s\\n' $?\n");
        }
        Path work = copyOf(example);
        Path log = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script.toString())
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        setEnvironment(builder.environment());
        Process shell = builder.start();
        shell.getOutputStream().close();
        try {
            assertThat(shell.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES))
                    .as("the commands end within %d minutes", LIMIT_MINUTES)
                    .isTrue();
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }

        List<Called> results = new ArrayList<>();
        Matcher end = Pattern.compile("(?s)(.*?)\n" + END + "([0-9]+)\n").matcher(Files.readString(log));
        while (end.find()) {
            results.add(new Called(Integer.parseInt(end.group(2)), end.group(1).stripTrailing()));
        }
        assertThat(results).as(Files.readString(log)).hasSameSizeAs(blocks);
        return results;
    }

    private void setEnvironment(Map<String, String> environment) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path command = bin.resolve("experimaestro");
        String program =
                String.join("' '", JvmCommand.of("-cp", ExamplesTest.classPath(), "org.experimaestro.cli.Main"));
        Files.writeString(command, "#!/bin/sh\nexec '" + program + "' \"$@\"\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        environment.keySet().removeIf(name -> name.startsWith("EXPERIMAESTRO_") || name.startsWith("XDG_"));
        environment.put("XDG_CACHE_HOME", caches.toString());
        environment.put("HOME", Files.createDirectories(folder.resolve("home")).toString());
        environment.merge("PATH", bin.toString(), (path, first) -> first + File.pathSeparator + path);
    }

    private static Path example(Page page) {
        return page.links().stream()
                .map(EXAMPLE::matcher)
                .filter(Matcher::matches)
                .map(link -> Page.ROOT.resolve("examples/recipes").resolve(link.group(1)))
                .findFirst()
                .orElse(Page.ROOT.resolve("examples/recipes/none"));
    }

    private Path copyOf(Path example) throws IOException {
        Path copy = Files.createDirectories(folder.resolve(example.getFileName()));
        if (Files.isDirectory(example)) {
            Files.walkFileTree(example, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) throws IOException {
                    if (from.endsWith("workspace")) {
                        return FileVisitResult.SKIP_SUBTREE; // of somebody who has run the example
                    }
                    Files.createDirectories(copy.resolve(example.relativize(from)));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) throws IOException {
                    Files.copy(from, copy.resolve(example.relativize(from)));
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return copy;
    }

    static boolean isOnPath(String command) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, command)));
    }

    private static Page page(String... lines) {
        return new Page(Page.ROOT.resolve("test.md"), List.of(lines));
    }
}
