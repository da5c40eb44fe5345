package org.experimaestro.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.model.root.RootPlaces;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The variables of what a page starts, which may be older than the settings. */
class SideVariablesTest {
    @TempDir
    private Path folder;

    private SortedMap<String, Path> before;

    @BeforeEach
    void forget() {
        before = RootPlaces.current();
        RootPlaces.define(Map.of());
    }

    @AfterEach
    void restore() {
        RootPlaces.define(before);
    }

    @Test
    void of_settingsThatChange_hasTheRootsOfNow() throws IOException {
        Workspace workspace = Workspace.open(folder.resolve("work"));
        Path settings = workspace.root().resolve("settings.yaml");
        Files.writeString(settings, "roots: {data: /first}\n");
        assertThat(SideVariables.of(workspace).get(JobVariables.ROOTS)).contains("/first");

        Files.writeString(settings, "roots: {data: /second}\n");
        assertThat(SideVariables.of(workspace).get(JobVariables.ROOTS)).contains("/second");
        assertThat(RootPlaces.current()).isEmpty();
    }

    @Test
    void of_rootsOfARunInThisProcess_areThose() throws IOException {
        Workspace workspace = Workspace.open(folder.resolve("work"));
        Files.writeString(workspace.root().resolve("settings.yaml"), "roots: {data: /of/the/file}\n");
        RootPlaces.define(Map.of("data", Path.of("/of/the/run")));
        assertThat(SideVariables.of(workspace).get(JobVariables.ROOTS)).contains("/of/the/run");
    }
}
