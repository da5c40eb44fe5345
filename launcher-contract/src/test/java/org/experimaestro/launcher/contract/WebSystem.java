package org.experimaestro.launcher.contract;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchStatus.End;
import org.experimaestro.spi.BatchStatus.Phase;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.UnreachableException;

/** A batch system that is used over HTTP: no command of a host is run. Thread-safe. */
final class WebSystem implements BatchSystem {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int NOT_TAKEN = 400;
    private static final int OUT_OF_ORDER = 500;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private final URI station;

    WebSystem(URI station) {
        this.station = station;
    }

    @Override
    public String script(Batch batch) {
        return Batch.UNSET_RANKS + "\ntask=0\n" + batch.body();
    }

    @Override
    public List<String> submit(Batch batch) throws RefusedException, UnreachableException, InterruptedException {
        Map<String, String> fields = new TreeMap<>();
        batch.passed().forEach((name, value) -> fields.put(WebStation.VARIABLE + name, value));
        fields.put(WebStation.NAME, batch.name());
        fields.put(WebStation.SCRIPT, script(batch));
        fields.put(WebStation.LOG, batch.log() + "-0.log");
        String jobId = post("submit", fields);
        if (!isJobId(jobId)) {
            throw RefusedException.unclear(
                    "Cannot read the answer of " + station + " to " + batch.name() + ": " + jobId);
        }
        return List.of(jobId);
    }

    private static boolean isJobId(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public Map<String, BatchStatus> poll(Collection<String> jobIds, Instant since)
            throws UnreachableException, InterruptedException {
        String asked = jobIds.stream().filter(WebSystem::isJobId).collect(Collectors.joining(","));
        String answer;
        try {
            answer = post("poll", Map.of(WebStation.JOBS, asked));
        } catch (RefusedException refused) {
            throw new UnreachableException(String.valueOf(refused.getMessage()), refused);
        }
        Map<String, BatchStatus> statuses = new LinkedHashMap<>();
        answer.lines().map(line -> line.split(" ")).forEach(words -> statuses.put(words[0], status(words)));
        return statuses;
    }

    private static BatchStatus status(String[] words) {
        if (words[1].equals("running")) {
            return BatchStatus.active(Phase.RUNNING, words[1], "");
        }
        int exitCode = Integer.parseInt(words[2]);
        End end = words[1].equals("cancelled") ? End.CANCELLED : exitCode == 0 ? End.COMPLETED : End.FAILED;
        return BatchStatus.ended(end, words[1], "", OptionalInt.of(exitCode));
    }

    @Override
    public void cancel(String name, Collection<String> jobIds)
            throws RefusedException, UnreachableException, InterruptedException {
        for (String jobId : jobIds) {
            if (!isJobId(jobId)) {
                throw new RefusedException(
                        "Not a job of " + station + ", but \"" + jobId + "\": nothing was cancelled");
            }
        }
        post("cancel", Map.of(WebStation.NAME, name, WebStation.JOBS, String.join(",", jobIds)));
    }

    private String post(String action, Map<String, String> fields)
            throws RefusedException, UnreachableException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(station.resolve(action))
                .timeout(LIMIT)
                .POST(HttpRequest.BodyPublishers.ofString(WebForm.write(fields)))
                .build();
        HttpResponse<String> answer;
        try {
            answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UnreachableException(station + " does not answer: " + failed, failed);
        }
        String complaint = station + " does not " + action + ": " + answer.body();
        if (answer.statusCode() >= OUT_OF_ORDER) {
            throw new UnreachableException(complaint);
        }
        if (answer.statusCode() >= NOT_TAKEN) {
            throw new RefusedException(complaint);
        }
        return answer.body();
    }
}
