package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.experimaestro.cli.WorkdirOption.Choice;
import org.experimaestro.cli.WorkdirOption.Origin;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkdirOptionTest {
    @TempDir
    Path folder;

    @Test
    void choose_everythingSaid_takesTheFirstThatSpeaks() throws Exception {
        Workspace.open(folder.resolve("here"));
        Path current = Files.createDirectories(folder.resolve("here/jobs/deep"));
        Map<String, String> environment = Map.of(WorkdirOption.VARIABLE, "/variable");

        assertThat(WorkdirOption.choose(
                        Path.of("/option"), Path.of("/file"), environment, current, WorkdirOptionTest::noHome))
                .isEqualTo(new Choice(Path.of("/option"), Origin.OPTION));
        assertThat(WorkdirOption.choose(null, Path.of("/file"), environment, current, WorkdirOptionTest::noHome))
                .isEqualTo(new Choice(Path.of("/file"), Origin.FILE));
        assertThat(WorkdirOption.choose(null, null, environment, current, WorkdirOptionTest::noHome))
                .isEqualTo(new Choice(Path.of("/variable"), Origin.VARIABLE));
        assertThat(WorkdirOption.choose(null, null, Map.of(), current, WorkdirOptionTest::noHome))
                .isEqualTo(new Choice(folder.resolve("here"), Origin.CURRENT_FOLDER));
        assertThat(WorkdirOption.choose(null, null, Map.of(), folder, () -> folder))
                .isEqualTo(new Choice(folder.resolve("experimaestro"), Origin.HOME));
    }

    @Test
    void choose_relativeFolder_startsFromTheCurrentOne() {
        assertThat(WorkdirOption.choose(
                        Path.of("../w"), null, Map.of(), folder.resolve("a"), WorkdirOptionTest::noHome))
                .isEqualTo(new Choice(folder.resolve("w"), Origin.OPTION));
    }

    private static Path noHome() {
        throw new AssertionError("asked for the home folder");
    }
}
