package org.experimaestro.exchange;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.experimaestro.core.json.Json;
import org.experimaestro.exchange.ExchangedJob.Point;
import org.jspecify.annotations.Nullable;

/**
 * The file store of MLflow: a folder for the experiment, and in it one for each job, whose run id is the job's
 * identifier. Files of jobs are no artifacts there, because a cleaning of MLflow deletes artifacts.
 *
 * <p>Source: MLflow 2 and 3, {@code mlflow.store.tracking.file_store.FileStore}, and the limits of {@code
 * mlflow.utils.validation}.
 */
public final class MlflowFormat implements ExchangeFormat {
    private static final String META = "meta.yaml";
    private static final String JOB_TAG = "experimaestro.job";
    private static final Pattern NAME = Pattern.compile("(?m)^name: *(.*?) *$");
    /** MLflow accepts a slash too; it would make a file and a folder of one name. */
    private static final Pattern REFUSED = Pattern.compile("[^\\w.\\- ]", Pattern.UNICODE_CHARACTER_CLASS);

    private static final int LONGEST_NAME = 250;
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
                String id = String.valueOf(home.getFileName());
                ExchangeFiles.replace(
                        home.resolve(job.id()),
                        folder,
                        run -> Files.exists(run.resolve("tags").resolve(JOB_TAG)),
                        draft -> write(job, id, home, draft));
            }
        } catch (IOException failed) {
            throw ExchangeFiles.cannotWrite(folder, failed);
        }
    }

    /** Finds the folder of an experiment by its name, or makes it. */
    private static Path experiment(String name, Path folder) throws IOException {
        for (Path other : ExchangeFiles.list(folder)) {
            Path meta = other.resolve(META);
            if (Files.isRegularFile(meta)) {
                Matcher found = NAME.matcher(Files.readString(meta));
                if (found.find() && unquoted(found.group(1)).equals(name)) {
                    return other;
                }
            }
        }
        String id = id(name);
        Path home = Files.createDirectories(folder.resolve(id));
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

    private static String unquoted(String written) {
        boolean isQuoted = written.length() >= 2
                && (written.startsWith("\"") || written.startsWith("'"))
                && written.endsWith(written.substring(0, 1));
        return isQuoted ? written.substring(1, written.length() - 1) : written;
    }

    /** Returns a number that is the same for each export of an experiment: MLflow's own are numbers of this length. */
    private static String id(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(name.getBytes(StandardCharsets.UTF_8));
            return String.valueOf(new BigInteger(1, digest).mod(IDS).add(BigInteger.ONE));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JVM has MD5", impossible);
        }
    }

    private static void write(ExchangedJob job, String experiment, Path home, Path folder) throws IOException {
        Map<String, @Nullable Object> meta = new LinkedHashMap<>();
        meta.put("artifact_uri", uri(home.resolve(job.id()).resolve("artifacts")));
        meta.put("end_time", job.ended().map(Instant::toEpochMilli).orElse(null));
        meta.put("entry_point_name", "");
        meta.put("experiment_id", experiment);
        meta.put("lifecycle_stage", "active");
        meta.put("run_id", job.id());
        meta.put("run_name", name(job));
        meta.put("run_uuid", job.id());
        meta.put("source_name", "");
        meta.put("source_type", 4); // LOCAL
        meta.put("source_version", "");
        meta.put("start_time", job.started().map(Instant::toEpochMilli).orElse(null));
        meta.put("status", status(job));
        meta.put("tags", List.of());
        meta.put("user_id", System.getProperty("user.name", ""));
        Files.writeString(folder.resolve(META), yaml(meta));
        Files.createDirectory(folder.resolve("artifacts"));
        values(folder.resolve("params"), job.parameters().get(), LONGEST_PARAMETER, new PlainNames(REFUSED, LONGEST_NAME));
        PlainNames tagNames = new PlainNames(REFUSED, LONGEST_NAME);
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("mlflow.runName", name(job));
        own.put("mlflow.user", System.getProperty("user.name", ""));
        own.put(JOB_TAG, job.type() + "/" + job.id());
        values(folder.resolve("tags"), own, LONGEST_TAG, tagNames);
        values(folder.resolve("tags"), job.tags(), LONGEST_TAG, tagNames);
        metrics(folder.resolve("metrics"), job.metrics().get());
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

    private static void values(Path folder, Map<String, Object> values, int longest, PlainNames names)
            throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, Object> value : values.entrySet()) {
            String text = String.valueOf(value.getValue());
            String cut = text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
            Files.writeString(folder.resolve(names.next(value.getKey())), cut);
        }
    }

    private static void metrics(Path folder, Map<String, List<Point>> metrics) throws IOException {
        Files.createDirectories(folder);
        PlainNames names = new PlainNames(REFUSED, LONGEST_NAME);
        for (Map.Entry<String, List<Point>> metric : metrics.entrySet()) {
            String lines = metric.getValue().stream()
                    .map(point -> point.time().toEpochMilli() + " " + number(point.value()) + " " + point.step() + "\n")
                    .collect(Collectors.joining());
            Files.writeString(folder.resolve(names.next(metric.getKey())), lines);
        }
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
