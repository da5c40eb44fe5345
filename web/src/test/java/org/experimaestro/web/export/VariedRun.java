package org.experimaestro.web.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.TimeText;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.web.api.ApiResources;
import org.experimaestro.web.api.ListedWorkspace;
import org.experimaestro.web.api.Monitored;
import org.experimaestro.web.http.Query;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Notes;
import org.experimaestro.workspace.ResourceUse;
import org.jspecify.annotations.Nullable;

/** A run with values of all kinds, the same each time, and what the server and its export say of it. */
final class VariedRun implements AutoCloseable {
    private static final List<Object> VALUES = List.of(
            0.6, 0.9, (double) 0.9f, 1.2, 2, 2.0, "2", "auto", true, "[64, 32]", "x<y", "", 1e-4, 1e10, -3, "é'\"");

    private final ListedWorkspace listed;
    private final Monitored monitored;

    private VariedRun(ListedWorkspace listed) {
        this.listed = listed;
        this.monitored = new Monitored(
                listed.workspace(), WorkspaceIndex.open(listed.workspace()), () -> ListedWorkspace.NOW, Map.of());
    }

    /** Writes a run whose jobs have random tags, metrics and parameters. */
    static VariedRun random(Path folder, int jobs) throws IOException {
        ListedWorkspace listed = new ListedWorkspace(folder);
        Random random = new Random(11);
        List<JobFolder> before = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            Map<String, Object> tags = new LinkedHashMap<>();
            tags.put("k1", VALUES.get(random.nextInt(VALUES.size())));
            if (random.nextBoolean()) {
                tags.put("b", random.nextInt(4) / 4.0);
            }
            if (random.nextInt(4) == 0) {
                tags.put("my tag", "a b");
            }
            tags.put("seed", i);
            JobFolder job = listed.submit(i % 3 == 0 ? "ir.index" : "ir.search", tags, dependencies(before, random));
            before.add(job);
            write(job, random);
        }
        return new VariedRun(listed);
    }

    /** Writes a run of a grid, whose metrics have means, and cells that lack some values. */
    static VariedRun grid(Path folder) throws IOException {
        ListedWorkspace listed = new ListedWorkspace(folder);
        Random random = new Random(5);
        for (Object k1 : List.of(0.6, 0.9, 1.2)) {
            for (String dataset : List.of("robust", "trec")) {
                for (int seed = 1; seed <= 5; seed++) {
                    JobFolder job = listed.submit("ir.search", Map.of("k1", k1, "dataset", dataset, "seed", seed));
                    double map = Math.rint((0.2 + 0.1 * random.nextDouble()) * 1000) / 1000;
                    if (seed == 5 && dataset.equals("trec") && k1.equals(1.2)) {
                        ListedWorkspace.failed(job, "No space left on device");
                    } else if (!(seed == 1 && dataset.equals("robust") && k1.equals(0.6))) {
                        ListedWorkspace.done(job, new TreeMap<>(Map.of("map", map, "loss", map * 1e-6, "words", (double)
                                (seed * 1000))));
                    }
                    setEnd(job, ListedWorkspace.NOW.minusSeconds(seed));
                }
            }
        }
        return new VariedRun(listed);
    }

    private static JobFolder[] dependencies(List<JobFolder> before, Random random) {
        return before.isEmpty() || random.nextInt(3) > 0
                ? new JobFolder[0]
                : new JobFolder[] {before.get(random.nextInt(before.size()))};
    }

    private static void write(JobFolder job, Random random) throws IOException {
        int kind = random.nextInt(5);
        if (kind == 0) {
            return;
        }
        Map<String, Object> parameters = new TreeMap<>();
        parameters.put("lr", random.nextInt(3) / 10.0);
        parameters.put("sizes", List.of(64, 32 * random.nextInt(2)));
        parameters.put("index", new TreeMap<>(Map.of("shards", random.nextInt(3), "a.b", "dotted")));
        parameters.put("parts", List.of(Map.of("size", random.nextInt(5))));
        var attempt = ListedWorkspace.begin(job, parameters);
        long began =
                ListedWorkspace.NOW.minusSeconds(60 + random.nextInt(20_000)).toEpochMilli();
        if (kind == 2 && random.nextInt(3) == 0) {
            return; // it runs
        }
        if (kind == 1) {
            attempt.failed(
                    FailureCause.values()[random.nextInt(5)],
                    List.of("No space left on device", "Out of Memory\nat X", "bad\u202Evalue", "a+b (c)")
                            .get(random.nextInt(4)),
                    1);
        } else {
            Map<String, Double> metrics = new LinkedHashMap<>();
            metrics.put("map", random.nextInt(40) / 100.0);
            metrics.put("loss", random.nextInt(6) == 0 ? Double.NaN : random.nextDouble());
            if (random.nextBoolean()) {
                metrics.put("k1", random.nextInt(4) / 2.0);
            }
            attempt.done(began, metrics, null, use(began));
        }
        if (random.nextInt(4) == 0) {
            Notes.of(job).add("for table " + random.nextInt(3), ListedWorkspace.NOW);
        }
        if (random.nextInt(5) == 0) {
            job.pin().write("", ListedWorkspace.NOW);
        }
        setEnd(job, Instant.ofEpochMilli(began).plusMillis(random.nextInt(60_000)));
    }

    /** Returns what a job has used, by its time; one of eight has not measured it. */
    private static @Nullable ResourceUse use(long began) {
        long kind = began / 1000 % 8;
        return kind == 0
                ? null
                : new ResourceUse(
                        OptionalDouble.of(kind * 30.5),
                        kind == 1 ? OptionalDouble.empty() : OptionalDouble.of(kind / 4.0),
                        OptionalLong.of(kind << 29),
                        OptionalLong.empty(),
                        60);
    }

    /** Replaces the time of the end, which an attempt takes from the machine. */
    private static void setEnd(JobFolder job, Instant ended) throws IOException {
        if (!Files.exists(job.path())) {
            return; // it was never started
        }
        try (Stream<Path> files = Files.walk(job.path())) {
            for (Path marker : files.filter(
                            file -> file.getFileName().toString().matches("(done|failed-1)\\.json"))
                    .toList()) {
                String text = Files.readString(marker);
                String time = TimeText.of(ended.toEpochMilli());
                Files.writeString(marker, text.replaceFirst("\"ended\": *\"[^\"]+\"", "\"ended\": \"" + time + "\""));
            }
        }
    }

    Monitored monitored() {
        return monitored;
    }

    ListedWorkspace listed() {
        return listed;
    }

    RunExport export() {
        return RunExport.of(monitored, "grid", "latest", Filter.ALL);
    }

    /** Returns the data of the export, with the names of this machine, folder and time replaced. */
    @Nullable
    Object data() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        export().writeData(out);
        String text = out.toString(StandardCharsets.UTF_8)
                .replace(listed.workspace().root().toString(), "/work")
                .replace(Json.writeLine(Monitored.host()), "\"here\"")
                .replace(listed.run().name(), "run-1");
        return Json.parse(text);
    }

    /** Returns the server's answer to the question for a table. */
    Map<String, @Nullable Object> table(String question) throws IOException {
        String run = URLEncoder.encode("grid/" + listed.run().name(), StandardCharsets.UTF_8);
        return ApiResources.answer(monitored, List.of("table"), Query.parse("run=" + run + "&" + question));
    }

    @Override
    public void close() {
        listed.close();
    }
}
