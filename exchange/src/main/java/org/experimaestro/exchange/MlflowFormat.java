package org.experimaestro.exchange;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.experimaestro.core.json.Json;
import org.experimaestro.exchange.ExchangedJob.Point;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The file store of MLflow: a folder for the experiment, and in it one for each job. Files of jobs are no artifacts there,
 * because a cleaning of MLflow deletes artifacts.
 *
 * <p>Source: MLflow 2 and 3, {@code mlflow.store.tracking.file_store.FileStore}, and the limits of {@code
 * mlflow.utils.validation}.
 */
public final class MlflowFormat implements ExchangeFormat {
    private static final String META = "meta.yaml";
    private static final String DELETED = "deleted";
    /** MLflow accepts a slash too; it would make a file and a folder of one name. */
    private static final Pattern REFUSED = Pattern.compile("[^A-Za-z0-9_.\\- ]");

    private static final int LONGEST_PARAMETER = 6_000;
    private static final int LONGEST_TAG = 5_000;
    private static final BigInteger IDS = BigInteger.TEN.pow(18);

    /** Creates the format. */
    public MlflowFormat() {}

    @Override
    public void write(String experiment, List<ExchangedJob> jobs, Path folder) {
        try {
            Files.createDirectories(folder);
            Path home = experiment(experiment, folder);
            for (ExchangedJob job : jobs) {
                write(job, experiment, home);
            }
        } catch (IOException failed) {
            throw ExportFiles.cannotWrite(folder, failed);
        }
    }

    /** Finds the folder of an experiment by its name, or makes it. */
    private static Path experiment(String name, Path folder) throws IOException {
        for (Path other : ExportFiles.list(folder)) {
            if (name.equals(meta(other).get("name"))) {
                return other;
            }
        }
        String id = id(name);
        Path home = folder.resolve(id);
        if (Files.exists(home.resolve(META))) {
            return home; // it was exported before, and has got another name in MLflow
        }
        Files.createDirectories(home);
        long now = Instant.now().toEpochMilli();
        Map<String, @Nullable Object> meta = new LinkedHashMap<>();
        meta.put("artifact_location", uri(home));
        meta.put("creation_time", now);
        meta.put("experiment_id", id);
        meta.put("last_update_time", now);
        meta.put("lifecycle_stage", "active");
        meta.put("name", name);
        Files.writeString(home.resolve(META), yaml(meta));
        return home;
    }

    /** Reads the description of an experiment or a run; empty if there is none that can be read. */
    private static Map<?, ?> meta(Path folder) {
        Path file = folder.resolve(META);
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        try {
            Object read = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
            return read instanceof Map<?, ?> meta ? meta : Map.of();
        } catch (IOException | YamlEngineException foreign) {
            return Map.of();
        }
    }

    /** Returns a number that is the same for each export of an experiment: MLflow's own are numbers of this length. */
    private static String id(String name) {
        BigInteger digest = new BigInteger(digest(name), 16);
        return String.valueOf(digest.mod(IDS).add(BigInteger.ONE));
    }

    /** Returns 32 hexadecimal digits, which are the same for the same text. */
    private static String digest(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }

    private static void write(ExchangedJob job, String experiment, Path home) throws IOException {
        // A job may be in several experiments, and MLflow finds a run by its id alone.
        String id = digest(experiment + "\n" + job.id());
        Path folder = home.resolve(id);
        ExportFiles files = ExportFiles.open(folder);
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, List<Point>> metrics = job.metrics().get();
        texts.put(META, yaml(meta(job, id, home, metrics)));
        values("params/", job.parameters().get(), LONGEST_PARAMETER, new PlainNames(REFUSED), texts);
        PlainNames tagNames = new PlainNames(REFUSED);
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("mlflow.runName", name(job));
        own.put("mlflow.user", System.getProperty("user.name", ""));
        own.put("experimaestro.job", job.type() + "/" + job.id());
        values("tags/", own, LONGEST_TAG, tagNames, texts);
        values("tags/", job.tags(), LONGEST_TAG, tagNames, texts);
        PlainNames metricNames = new PlainNames(REFUSED);
        metrics.forEach((metric, points) -> texts.put("metrics/" + metricNames.next(metric), lines(points)));
        files.announce(texts.keySet());
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Files.writeString(files.place(text.getKey()), text.getValue());
        }
        files.deleteFormer();
        for (String name : List.of("artifacts", "metrics", "params", "tags")) {
            Files.createDirectories(folder.resolve(name));
        }
    }

    private static Map<String, @Nullable Object> meta(
            ExchangedJob job, String id, Path home, Map<String, List<Point>> metrics) {
        Path folder = home.resolve(id);
        // MLflow cannot read a run without a start.
        Instant start = job.started()
                .or(() -> metrics.values().stream()
                        .map(points -> points.getFirst().time())
                        .min(Comparator.naturalOrder()))
                .orElse(Instant.EPOCH);
        Map<String, @Nullable Object> meta = new LinkedHashMap<>();
        meta.put("artifact_uri", uri(folder.resolve("artifacts")));
        meta.put("end_time", job.ended().map(Instant::toEpochMilli).orElse(null));
        meta.put("entry_point_name", "");
        meta.put("experiment_id", String.valueOf(home.getFileName()));
        meta.put("lifecycle_stage", DELETED.equals(meta(folder).get("lifecycle_stage")) ? DELETED : "active");
        meta.put("run_id", id);
        meta.put("run_name", name(job));
        meta.put("run_uuid", id);
        meta.put("source_name", "");
        meta.put("source_type", 4); // LOCAL
        meta.put("source_version", "");
        meta.put("start_time", start.toEpochMilli());
        meta.put("status", status(job));
        meta.put("tags", List.of());
        meta.put("user_id", System.getProperty("user.name", ""));
        return meta;
    }

    private static String name(ExchangedJob job) {
        return job.label().isEmpty() ? job.type() : job.type() + " " + job.label();
    }

    /** Returns the number of a {@code RunStatus}. */
    private static int status(ExchangedJob job) {
        return switch (job.state()) {
            case RUNNING -> 1;
            case WAITING -> 2; // SCHEDULED
            case DONE -> 3; // FINISHED
            case FAILED -> 4;
            case CANCELLED -> 5; // KILLED
        };
    }

    private static void values(
            String folder, Map<String, Object> values, int longest, PlainNames names, Map<String, String> texts) {
        values.forEach((name, value) -> texts.put(folder + names.next(name), cut(String.valueOf(value), longest)));
    }

    private static String cut(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "…";
    }

    private static String lines(List<Point> points) {
        return points.stream()
                .map(point -> point.time().toEpochMilli() + " " + number(point.value()) + " " + point.step() + "\n")
                .collect(Collectors.joining());
    }

    /** Returns a number as Python reads it. */
    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        return Double.isInfinite(value) ? (value > 0 ? "inf" : "-inf") : String.valueOf(value);
    }

    private static String uri(Path path) {
        String uri = path.toAbsolutePath().normalize().toUri().toString();
        return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    }

    /** Returns a map as YAML 1.2, of which JSON is a part: so no text has to be quoted by other rules. */
    private static String yaml(Map<String, @Nullable Object> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + Json.writeLine(entry.getValue()) + "\n")
                .collect(Collectors.joining());
    }
}
