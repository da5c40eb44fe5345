package org.experimaestro.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.experimaestro.ConfigId;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.JsonException;
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
    void typeInfo_anyFile_isReadOrNamed() {
        Fuzz.of("type-info")
                .seeds("""
                        {"format": 1, "type": "t.adam", "class": "t.Adam", "version": 1, "task": false, "description": "",
                         "parameters": [{"name": "lr", "type": "List<double>", "required": false, "default": "1e-3",
                           "defaultFrom": null, "inId": false, "meta": false, "generatedPath": null, "content": false,
                           "min": 0, "max": 1.5, "oneOf": ["a"], "description": "rate", "was": null}]}
                        """)
                .words("\"version\": ", "\"parameters\": [", "\"was\": ", "\"min\": ")
                .refusedBy(JsonException.class)
                .bytes(bytes ->
                        assertThat(TypeInfoReader.read(bytes, "t.adam.json")).isNotNull());
    }

    @Test
    void storedDefault_anyTextAndType_isComparedOrNotKnown() {
        Fuzz.of("stored-default")
                .seeds(
                        "1e-3\0double",
                        "[1, 2]\0List<Integer>",
                        "{\"a\": [\"1 h\"]}\0Map<String, List<Duration>>",
                        "/a\0Path")
                .seeds("null\0Set<Color>")
                .words("\0", "Optional<", "Map<String, ", "Set<", ">", "List", "Color", "float")
                .text(text -> {
                    String[] parts = (text + "\0\0").split("\0", -1);
                    assertThat(StoredDefault.isEqual(parts[0], parts[1], 0.001)).isNotNull();
                    assertThat(StoredDefault.isEqual(parts[0], parts[1], parts[0]))
                            .isNotNull();
                });
    }

    @Test
    void progress_ofAnyEvents_isReadOrLeftOut() {
        Path events = folder.resolve("events-1.jsonl");
        Fuzz.of("progress")
                .seeds(
                        "{\"time\":1,\"level\":0,\"progress\":0.5,\"description\":\"é\"}\n{\"metric\":\"a\",\"value\":1}\n")
                .words("\"progress\":", "\"level\":", "}\n")
                .bytes(bytes -> {
                    Files.write(events, bytes);
                    assertThat(ProgressReader.read(events)).isNotNull();
                });
    }

    @Test
    void jobFilter_anyValueOfATag_isComparedWithAnyOther() {
        JobFolder job = Workspace.view(folder).job("filter.task", ConfigId.parse("00000000000000010000000000000002"));
        JobView view = new JobView(job, "00", job.status(), Map.of("lr", 0.5, "n", 5L), List.of(), List.of(), "");
        Fuzz.of("job-filter").seeds("lr=5e-1", "n=5", "n=1e400", "lr=-0.0").text(text -> {
            String[] parts = (text + "=").split("=", -1);
            JobFilter filter = new JobFilter(null, Set.of(), Map.of(parts[0], parts[1]));
            assertThat(filter.accepts(view)).isEqualTo(filter.accepts(view));
        });
    }
}
