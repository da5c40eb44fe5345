package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A reader who follows docs/tutorial.md: each edit fits what is there, and each run prints what the page shows. */
@Tag("thorough")
@ExtendWith(TempHome.class)
class TutorialPageTest {
    private static final Path PAGE = Path.of("../docs/tutorial.md");
    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- edits examples/tutorial/(\\S+) -->\n)?```(\\w+)\n(.*?)```\n", Pattern.DOTALL);
    private static final Pattern OF_A_RUN = Pattern.compile("(?m)^\\d+ jobs: |^Error: ");
    /** Other times, another order of the ends, another place, and what another processor may round otherwise. */
    private static final Pattern VARIABLE =
            Pattern.compile(" in [0-9.]+ s \\(\\d/\\d\\)|\\S*/tutorial/workspace/|0\\.\\d{4}( +\\d+)?");

    private static final String COMMAND = "experimaestro run-experiment ";
    private static final String RUN = COMMAND + "debug.yaml";

    @TempDir
    private Path place;

    @Test
    void edits_oneAfterTheOther_fitTheExample() throws IOException {
        Path folder = copy();
        for (MatchResult block : blocks()) {
            if (block.group(2).equals("diff")) {
                edit(folder.resolve(block.group(1)), block.group(3));
            }
        }
    }

    /** Trains twenty models, so this is left to CI. */
    @Test
    void runs_afterEachEdit_printWhatThePageShows() throws IOException {
        assumeTrue("true".equals(System.getenv("CI")), "trains twenty models, so it wants the variable CI=true");
        Path folder = copy();
        String command = RUN;
        for (MatchResult block : blocks()) {
            String code = block.group(3);
            switch (block.group(2)) {
                case "diff" -> edit(folder.resolve(block.group(1)), code);
                case "sh" -> command = code.startsWith(COMMAND) ? code.strip() : command;
                case "text" -> {
                    if (OF_A_RUN.matcher(code).find()) {
                        assertThat(lines(run(folder, command))).as(command).containsAll(lines(code));
                        command = RUN;
                    }
                }
                default -> {}
            }
        }
    }

    private Path copy() throws IOException {
        Path folder = place.resolve("tutorial");
        PlanFolder.copy(Path.of("../examples/tutorial"), folder);
        return folder;
    }

    private static List<MatchResult> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(PAGE)).results().toList();
    }

    /** Replaces the lines that the edit has before by those that it has after; they are there once. */
    private static void edit(Path file, String diff) throws IOException {
        String before = side(diff, '-');
        assertThat(Files.readString(file)).as("%s", file.getFileName()).containsOnlyOnce(before);
        Files.writeString(file, Files.readString(file).replace(before, side(diff, '+')));
    }

    private static String side(String diff, char mark) {
        return diff.lines()
                .filter(line -> line.charAt(0) == ' ' || line.charAt(0) == mark)
                .map(line -> line.substring(1) + "\n")
                .collect(Collectors.joining());
    }

    private static String run(Path folder, String command) {
        return CommandLineRun.of(Arrays.stream(command.replace("'", "").split(" "))
                        .skip(1)
                        .map(word ->
                                word.equals("debug.yaml") ? folder.resolve(word).toString() : word)
                        .toArray(String[]::new))
                .text();
    }

    private static List<String> lines(String text) {
        return text.lines()
                .filter(line -> !line.isBlank() && !line.equals("…"))
                .map(line -> VARIABLE.matcher(line).replaceAll(""))
                .toList();
    }
}
