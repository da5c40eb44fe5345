package org.experimaestro.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.experimaestro.Config;
import org.experimaestro.ConfigId;
import org.experimaestro.Roots;
import org.experimaestro.testkit.WordsPlan.Count;
import org.experimaestro.testkit.WordsPlan.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data below named roots, in the process of a test. */
class NamedRootsTest {
    @TempDir
    private Path folder;

    @AfterEach
    void forget() {
        TestRoots.define(Map.of());
    }

    private Config<Count> count(String place) throws IOException {
        Path data = Files.createDirectories(folder.resolve(place));
        Files.writeString(data.resolve("text.txt"), place + "\nword");
        TestRoots.define(Map.of("data", data));
        return Config.of(new Count(new Text(Roots.path("data:/text.txt"))));
    }

    @Test
    void define_otherPlaces_sameIdentifier() throws Exception {
        ConfigId here = count("here").id();

        assertThat(count("there").id()).isEqualTo(here);
    }

    @Test
    void run_andDebugRun_readBelowTheRoot() throws Exception {
        Config<Count> count = count("here");
        Path workspace = folder.resolve("workspace");

        PlanRun run = PlanRunner.<String>of((xp, settings) -> xp.submit(count))
                .workspace(workspace)
                .run("");
        assertThat(run.report().jobs().getFirst().metric("words")).isEqualTo(2);
        TestRoots.define(Map.of());
        Files.writeString(workspace.resolve("settings.yaml"), "roots: {data: " + folder.resolve("here") + "}\n");

        TestContext context = DebugRun.of(workspace, "words.count/").executeIn(folder.resolve("copy"));

        assertThat(context.metrics()).isEqualTo(Map.of("words", 2.0));
    }
}
