package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.experimaestro.ConfigId;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.TimeText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which state a job's folder is in, by the files that it has: the rules of docs/job-life.md as a table.
 *
 * <p>A file is written {@code name:what}. A process, or the claimant of an attempt, is {@code alive} or {@code gone} on this
 * host, or on another one, where its file is {@code fresh}, {@code silent} for four minutes, or {@code ahead} of our clock; or the
 * attempt is {@code void}. A marker has its cause. A state has the attempt, and what else is known.
 */
class JobReconcilerTest {
    private static final ProcessIdentity SELF = ProcessIdentity.current();

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # Nobody has taken it
            -                                                                     | NEW
            params.json classpath.txt                                             | NEW
            .tmp-attempt-1                                                        | NEW
            # What belongs to no attempt says nothing
            process-1:alive                                                       | NEW
            handed-1                                                              | NEW
            failed-1:EXCEPTION                                                    | NEW
            # A run has taken it
            attempt-1:alive                                                       | STARTING 1
            attempt-1:fresh                                                       | STARTING 1
            attempt-1:gone                                                        | FAILED 1 NOT_STARTED
            attempt-1:silent                                                      | FAILED 1 NOT_STARTED
            attempt-1:ahead                                                       | FAILED 1 NOT_STARTED
            attempt-1:alive failed-1:NOT_STARTED                                  | FAILED 1 NOT_STARTED
            attempt-1:alive process-1:void                                        | FAILED 1 NOT_STARTED
            attempt-1:gone process-1:void failed-1:REFUSED                        | FAILED 1 REFUSED
            attempt-1:gone process-1:void ended-1:REFUSED                         | FAILED 1 REFUSED
            # Its process has begun: the run that has started it counts no longer
            attempt-1:alive process-1:alive                                       | RUNNING 1 alive
            attempt-1:gone process-1:alive                                        | RUNNING 1 alive
            attempt-1:gone process-1:fresh                                        | RUNNING 1 alive
            attempt-1:alive process-1:gone                                        | FAILED 1 VANISHED
            attempt-1:alive process-1:silent                                      | FAILED 1 VANISHED
            attempt-1:alive process-1:ahead                                       | FAILED 1 VANISHED
            # A marker counts, also while its process still ends
            attempt-1:alive process-1:alive failed-1:EXCEPTION                    | FAILED 1 EXCEPTION
            attempt-1:alive process-1:gone failed-1:OUT_OF_MEMORY                 | FAILED 1 OUT_OF_MEMORY
            attempt-1:alive process-1:alive done.json:1                           | DONE 1
            done.json:1                                                           | DONE 1
            # It is done for ever, whatever else is there
            attempt-1:gone process-1:gone failed-1:EXCEPTION done.json:1          | DONE 1
            attempt-2:gone process-2:gone failed-2:EXCEPTION done.json:1          | DONE 1
            attempt-1:gone handed-1 ended-1:NODE_FAILURE done.json:1              | DONE 1
            # The last attempt counts, by its number
            attempt-1:gone failed-1:EXCEPTION attempt-2:alive                     | STARTING 2
            attempt-1:gone process-1:alive attempt-2:gone process-2:gone          | FAILED 2 VANISHED
            attempt-9:gone failed-9:EXCEPTION attempt-10:gone process-10:alive    | RUNNING 10 alive
            attempt-3:alive                                                       | STARTING 3
            # A batch system has it: it is over only when a marker says so
            attempt-1:alive handed-1                                              | QUEUED 1 handed
            attempt-1:gone handed-1                                               | QUEUED 1 handed
            attempt-1:gone handed-1 process-1:void                                | QUEUED 1 handed
            attempt-1:gone handed-1 process-1:alive                               | RUNNING 1 alive handed
            attempt-1:gone handed-1 process-1:gone                                | RUNNING 1 silent handed
            attempt-1:gone handed-1 process-1:silent                              | RUNNING 1 silent handed
            attempt-1:gone handed-1 process-1:alive ended-1:NODE_FAILURE          | FAILED 1 NODE_FAILURE
            attempt-1:gone handed-1 process-1:void ended-1:TIME_LIMIT             | FAILED 1 TIME_LIMIT
            attempt-1:gone handed-1 failed-1:NOT_STARTED                          | FAILED 1 NOT_STARTED
            attempt-1:gone handed-1 process-1:gone done.json:1                    | DONE 1
            # Its process knows best, but for why it had to end
            attempt-1:gone handed-1 process-1:gone failed-1:EXCEPTION ended-1:TIME_LIMIT  | FAILED 1 EXCEPTION
            attempt-1:gone handed-1 process-1:gone failed-1:CANCELLED ended-1:TIME_LIMIT  | FAILED 1 TIME_LIMIT
            attempt-1:gone handed-1 process-1:gone failed-1:CANCELLED ended-1:VANISHED    | FAILED 1 CANCELLED
            # A batch system has started it again
            attempt-1:gone handed-1 failed-1:REQUEUED attempt-2:continues          | QUEUED 2 handed
            attempt-1:gone handed-1 attempt-2:continues process-2:alive            | RUNNING 2 alive handed
            attempt-1:gone handed-1 attempt-2:continues process-2:gone             | RUNNING 2 silent handed
            attempt-1:gone handed-1 attempt-2:continues process-2:gone ended-2:TIME_LIMIT | FAILED 2 TIME_LIMIT
            # What the batch system had before says nothing of an attempt of another run
            attempt-1:gone handed-1 ended-1:TIME_LIMIT attempt-2:gone process-2:gone      | FAILED 2 VANISHED
            # What we would not have written
            attempt-0:alive                                                       | CORRUPT attempt-0.json
            attempt-01:alive                                                      | CORRUPT attempt-01.json
            attempt-x:alive                                                       | CORRUPT attempt-x.json
            attempt-1:half                                                        | CORRUPT attempt-1.json
            attempt-1:alive process-1:half                                        | CORRUPT process-1.json
            attempt-1:alive handed-1:half                                         | CORRUPT handed-1.json
            attempt-1:alive handed-1:foreign                                      | CORRUPT handed-1.json
            attempt-1:alive process-1:alive failed-1:half                         | CORRUPT failed-1.json
            attempt-1:alive process-1:alive failed-1:BOREDOM                      | CORRUPT failed-1.json
            attempt-1:alive process-1:alive done.json:half                        | CORRUPT done.json
            done.json:0                                                           | CORRUPT done.json
            """)
    void status_ofFiles_isThatOfTheTable(@Nullable String files, String state) throws IOException {
        JobFolder job = Workspace.open(folder.resolve("workspace"))
                .job("trial.step", ConfigId.parse("00000000000000010000000000000001"));
        if (files != null) {
            for (String file : files.split(" ")) {
                write(job, file.split(":")[0], file.contains(":") ? file.split(":")[1] : "");
            }
        }
        assertThat(text(job.status())).isEqualTo(state);
    }

    private static String text(JobStatus status) {
        StringBuilder text = new StringBuilder(status.state().name());
        status.lastAttempt().ifPresent(attempt -> text.append(' ').append(attempt));
        status.findCause().ifPresent(cause -> text.append(' ').append(cause));
        if (status instanceof JobStatus.Running) {
            text.append(status.isAlive() ? " alive" : " silent");
        }
        if (status.findBatchJob().isPresent()) {
            text.append(" handed");
        }
        if (status instanceof JobStatus.Corrupt corrupt) {
            String file = corrupt.message().replaceAll("(?s).*/\\.experimaestro/([^ :]*).*", "$1");
            text.append(' ').append(file);
        }
        return text.toString();
    }

    private static void write(JobFolder job, String name, String what) throws IOException {
        Path file = job.internalFolder().resolve(name.contains(".") ? name : name + ".json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, what.equals("half") ? "{\"format\": 2, " : Json.write(content(job, name, what)));
        if (what.equals("silent") || what.equals("ahead")) {
            Instant time = Instant.now().plusSeconds(what.equals("silent") ? -240 : 600);
            Files.setLastModifiedTime(file, FileTime.from(time));
        }
    }

    private static Map<String, Object> content(JobFolder job, String name, String what) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", 2);
        switch (name.replaceAll("-[^-]*$", "")) {
            case "attempt" -> {
                json.put("claimed", TimeText.of(1_000));
                json.put("claimant", process(what).toJson());
                json.put("run", "test");
                if (what.equals("continues")) {
                    json.put("continues", 1);
                }
            }
            case "process" -> {
                if (what.equals("void")) {
                    json.put("void", true);
                } else {
                    json.put("started", TimeText.of(2_000));
                    json.put("process", process(what).toJson());
                }
            }
            case "handed" -> {
                json.putAll(
                        new BatchJobReference("farm", "test", "7", "/log", Instant.ofEpochMilli(1_500)).toJson(job));
                if (what.equals("foreign")) {
                    json.put("job", "trial.step/00000000000000000000000000000000");
                }
            }
            case "failed", "ended" -> {
                json.put("cause", what);
                json.put("message", "");
                json.put("ended", TimeText.of(3_000));
            }
            case "done.json" -> {
                json.put("attempt", Integer.parseInt(what));
                json.put("started", TimeText.of(2_000));
                json.put("ended", TimeText.of(3_000));
                json.put("metrics", Map.of());
            }
            default -> {}
        }
        return json;
    }

    private static ProcessIdentity process(String what) {
        return switch (what) {
            case "alive" -> SELF;
            case "fresh", "silent", "ahead" -> new ProcessIdentity("another-host.invalid", "boot", 4711, 1, "", "");
            default ->
                new ProcessIdentity(
                        SELF.host(), SELF.boot(), SELF.pid(), SELF.start() - 1, SELF.machine(), SELF.processes());
        };
    }
}
