package org.experimaestro.monitor.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.WorkspaceException;
import org.experimaestro.disturbance.fuzz.Fuzz;
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
}
