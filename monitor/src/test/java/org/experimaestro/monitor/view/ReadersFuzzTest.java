package org.experimaestro.monitor.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.experimaestro.ConfigId;
import org.experimaestro.WorkspaceException;
import org.experimaestro.disturbance.fuzz.Fuzz;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadersFuzzTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    @Test
    void configurationTree_anyFile_isReadOrNamed() {
        Path file = folder.resolve("params.json");
        Fuzz.of("configuration-tree")
                .seeds("""
                        {"format": 1, "configurations": {
                          "adam": {"type": "t.adam", "version": 1, "class": "t.Adam", "id": "%1$s", "parameters": {"lr": 0.5},
                            "tags": {"lr": 0.5}},
                          "learn": {"type": "t.learn", "version": 2, "class": "t.Learn", "id": "%1$s", "tagsStay": true,
                            "parameters": {"optimizer": "@adam", "parts": ["@adam", {"a": "@adam"}]}, "producer": "t.x/%1$s"}},
                         "value": "@learn"}
                        """.formatted(ID))
                .words(
                        "\"@adam\"",
                        "\"@learn\"",
                        "\"value\": ",
                        "\"version\": ",
                        "\"tags\": {",
                        "\"parameters\": {",
                        ID)
                .naming(file.toString())
                .refusedBy(WorkspaceException.class)
                .bytes(bytes -> {
                    Files.write(file, bytes);
                    assertThat(ConfigurationTree.read(file).tags()).isNotNull();
                });
    }

    @Test
    void jobFilter_anyValueOfATag_isComparedWithAnyOther() {
        JobFolder job = Workspace.view(folder).job("filter.task", ConfigId.parse("00000000000000010000000000000002"));
        JobView view = Views.tagged(job, Map.of("lr", 0.5, "n", 5L));
        Fuzz.of("job-filter").seeds("lr=5e-1", "n=5", "n=1e400", "lr=-0.0").text(text -> {
            String[] parts = (text + "=").split("=", -1);
            JobFilter filter = new JobFilter(null, Set.of(), Map.of(parts[0], parts[1]));
            assertThat(filter.accepts(view)).isEqualTo(filter.accepts(view));
        });
    }
}
