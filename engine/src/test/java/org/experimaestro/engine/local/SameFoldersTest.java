package org.experimaestro.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.experimaestro.Config;
import org.experimaestro.Isolation;
import org.experimaestro.core.json.Json;
import org.experimaestro.trial.Act;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Written;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The folders of the jobs of one plan are the same, whether the jobs had processes or workers: the names of the files,
 * identifiers, logs, results, and in JSON the keys and the kinds of values.
 */
@Tag("thorough")
@Timeout(120)
@EnabledOnOs(OS.LINUX)
final class SameFoldersTest {
    @TempDir
    Path folder;

    private SortedMap<String, Object> folders(Isolation isolation) throws Exception {
        Path place = Files.createDirectory(folder.resolve(isolation.toString()));
        try (Lab lab = new Lab(place).isolation(isolation).slots(2)) {
            lab.run((xp, settings) -> {
                Config<Written> a = xp.submit(lab.step("a"));
                Config<Written> b = xp.submit(lab.step("b", a));
                xp.submit(lab.step("c", a, b));
                xp.submit(lab.measure("m", 0.5));
                for (Act.Way way : Act.Way.values()) {
                    xp.submit(lab.act(way.name(), way));
                }
            });
            return describe(lab.workspace(), place);
        }
    }

    private static SortedMap<String, Object> describe(Path workspace, Path place) throws IOException {
        Path jobs = workspace.resolve("jobs");
        SortedMap<String, Object> found = new TreeMap<>();
        List<Path> files;
        try (Stream<Path> all = Files.walk(jobs)) {
            files = all.filter(file -> !isUsage(file)).toList();
        }
        for (Path file : files) {
            found.put(
                    jobs.relativize(file).toString(),
                    Files.isDirectory(file) ? "folder" : content(file, place.toString()));
        }
        return found;
    }

    /** A job that takes more than a second, as any may on a busy machine, stores what it has used. */
    private static boolean isUsage(Path file) {
        return file.getFileName().toString().startsWith("usage-");
    }

    private static Object content(Path file, String place) throws IOException {
        String name = file.getFileName().toString();
        if (name.endsWith(".json") && !name.equals("params.json")) {
            return Objects.requireNonNull(kind(Json.parse(Files.readAllBytes(file))));
        }
        String text = Files.readString(file).replace(place, "PLACE");
        return name.startsWith("events-") || name.startsWith("stderr-") ? normal(text) : text;
    }

    /** Returns a text without times, and without the frames below the task, which differ. */
    private static String normal(String text) {
        StringBuilder kept = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            if (!line.startsWith("\tat ") || line.contains("org.experimaestro.trial.")) {
                kept.append(line.replaceAll("\"[0-9-]+T[0-9:.]+Z\"", "TIME").replace("task//", ""))
                        .append('\n');
            }
        }
        return kept.toString();
    }

    /** Returns the keys and the kinds of values; what only workers have is left out. */
    private static @Nullable Object kind(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            SortedMap<String, Object> kinds = new TreeMap<>();
            map.forEach((key, member) -> {
                if (!List.of("worker", "isolation", "isolationReason").contains(key)) {
                    kinds.put(String.valueOf(key), String.valueOf(kind(member)));
                }
            });
            return kinds;
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(each -> String.valueOf(kind(each)))
                    .distinct()
                    .toList();
        }
        return value == null ? null : value.getClass().getSimpleName();
    }

    @Test
    void folders_ofProcessesAndOfWorkers_areTheSame() throws Exception {
        SortedMap<String, Object> processes = folders(Isolation.PROCESS);
        SortedMap<String, Object> workers = folders(Isolation.WORKER);

        assertThat(processes).hasSizeGreaterThan(8 * 6);
        assertThat(workers.keySet()).isEqualTo(processes.keySet());
        processes.forEach(
                (file, content) -> assertThat(workers.get(file)).as(file).isEqualTo(content));
        assertThat(new String(Files.readAllBytes(anyProcessFile()), StandardCharsets.UTF_8))
                .contains("\"worker\"");
    }

    private Path anyProcessFile() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("worker"))) {
            return all.filter(file -> file.endsWith("process-1.json"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
