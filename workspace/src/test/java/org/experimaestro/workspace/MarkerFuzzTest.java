package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.experimaestro.ConfigId;
import org.experimaestro.WorkspaceException;
import org.experimaestro.disturbance.fuzz.Fuzz;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in the files of a job, its state is told; other files of a workspace are read, or named. */
class MarkerFuzzTest {
    private static final ProcessIdentity SELF = ProcessIdentity.current();
    private static final BatchJobReference HANDOVER =
            new BatchJobReference("cluster", "slurm", "12_3", "/logs/log-3.log", Instant.ofEpochMilli(5_000));

    @TempDir
    private Path root;

    private Workspace workspace;
    private JobFolder job;
    private Attempt attempt;

    @BeforeEach
    void claim() throws Exception {
        workspace = Workspace.open(root);
        job = workspace.job("test.job", ConfigId.parse("00000000000000030000000000000004"));
        attempt = ((Claim.Granted) job.claim(SELF, "run")).attempt();
    }

    @Test
    void status_anyAttempt_isTold() throws Exception {
        status("attempt", job.attemptFile(1));
    }

    @Test
    void status_anyProcess_isTold() throws Exception {
        attempt.begin(SELF, 5_000);
        status("process", job.processFile(1));
    }

    @Test
    void status_anyFailure_isTold() throws Exception {
        attempt.failed(FailureCause.EXCEPTION, "no data", 1);
        status("failed", job.failureMarker(1));
    }

    @Test
    void status_anyDoneMarker_isTold() throws Exception {
        attempt.begin(SELF, 5_000);
        attempt.done(5_000, Map.of("loss", 0.5, "gain", Double.NaN), null);
        status("done", job.doneMarker());
    }

    @Test
    void status_anyHandover_isTold() throws Exception {
        attempt.recordBatchJob(HANDOVER);
        status("handed", job.handoverFile(1));
    }

    /** The state of the job, whatever one of its files is. */
    private void status(String name, Path file) throws Exception {
        byte[] written = Files.readAllBytes(file);
        Fuzz.of(name + "-marker")
                .seed(written)
                .words(
                        "\"attempt\": ",
                        "\"ended\": ",
                        "\"continues\": 1,",
                        "\"void\": true,",
                        "\"pid\": ",
                        "\"format\": 3,")
                .bytes(bytes -> {
                    Files.write(file, bytes);
                    JobStatus status = job.status();
                    if (status.state() == JobState.CORRUPT) {
                        assertThat(status.message())
                                .contains(job.internalFolder().toString());
                    }
                    assertThat(status.lastAttempt().orElse(0)).isBetween(0, 1_000_000);
                });
    }

    @Test
    void pin_anyFile_isAPin() throws Exception {
        job.pin().write("table 2", Instant.EPOCH);
        small(
                "pin",
                job.internalFolder().resolve("pin.json"),
                () -> assertThat(job.pin().find()).isPresent());
    }

    @Test
    void note_anyFile_isReadOrLeftOut() throws Exception {
        Notes.of(job).tag("paper", "icml", Instant.EPOCH);
        Path folder = job.internalFolder().resolve("notes");
        Path file = folder.resolve(Workspace.listNames(folder).get(0));
        small("note", file, () -> assertThat(Notes.of(job).list()).hasSizeLessThan(2));
    }

    @Test
    void entryOfTheTrash_anyDescription_hasItsItems() throws Exception {
        attempt.failed(FailureCause.EXCEPTION, "no data", 1);
        Trash trash = new Trash(workspace);
        Path entry = trash.folder().resolve(TrashKiller.clean(trash, job.typeId(), job.id()));
        small(
                "trash-entry",
                entry.resolve("entry.json"),
                () -> assertThat(trash.entries().get(0).items()).hasSize(1));
    }

    /** Checks a reading with many variants of a small file. */
    private static void small(String name, Path file, Runnable check) throws Exception {
        byte[] written = Files.readAllBytes(file);
        Fuzz.of(name)
                .seed(written)
                .words("\"time\": ", "\"user\": 1,", "\"tag\": \"\",", "\"format\": 3,")
                .bytes(bytes -> {
                    Files.write(file, bytes);
                    check.run();
                });
    }

    @Test
    void events_ofAnyTask_giveMetricsOrAreNamed() {
        Path events = job.events(1);
        Fuzz.of("events")
                .seeds("""
                        {"time":1,"level":0,"progress":0.5,"description":"é"}
                        {"time":2,"metric":"loss","value":0.5}
                        {"time":3,"metric":"gain","value":"NaN"}
                        """)
                .words("\"metric\"", "\"value\":", "\"Infinity\"", "\"0x1p3\"", "}\n")
                .naming(events.toString())
                .refusedBy(WorkspaceException.class)
                .bytes(bytes -> {
                    Files.write(events, bytes);
                    Metrics.ofEvents(events);
                });
    }

    @Test
    void jobsOfARun_anyFile_areReadOrNamed() throws Exception {
        RunFolder run = workspace.experiment("debug").newRun(Instant.EPOCH);
        Path file = run.path().resolve("jobs.jsonl");
        ConfigId id = ConfigId.parse("00000000000000010000000000000002");
        Fuzz.of("run-jobs")
                .seeds("{\"time\":\"2026-11-23T21:56:17.339Z\",\"job\":\"a/" + id
                        + "\",\"tags\":{\"lr\":0.5},\"dependencies\":[\"b/" + id + "\"]}\n")
                .words("{\"job\":", "\"tags\":{", "\"dependencies\":[", id.toString())
                .naming(file.toString())
                .refusedBy(WorkspaceException.class)
                .bytes(bytes -> {
                    Files.write(file, bytes);
                    run.readJobs(job -> assertThat(job).isNotNull());
                });
    }

    @Test
    void journalOfARun_anyFile_isReadOrNamed() throws Exception {
        RunFolder run = workspace.experiment("debug").newRun(Instant.EPOCH);
        Path file = run.path().resolve("events.jsonl");
        String event = "{\"time\":\"2026-11-23T21:56:17.339Z\",\"job\":\"a/00000000000000010000000000000002\","
                + "\"phase\":\"FAILED\",\"attempt\":1,\"message\":\"é\"}\n";
        Fuzz.of("run-events")
                .seeds(event, event + event)
                .words("\"time\":\"", "\"phase\":", "\"attempt\":99999999999", "}\n")
                .naming(file.toString())
                .refusedBy(WorkspaceException.class)
                .bytes(bytes -> {
                    Files.write(file, bytes);
                    assertThat(run.readEvents(0, change -> assertThat(change).isNotNull()))
                            .isBetween(0L, (long) bytes.length);
                });
    }

    @Test
    void descriptionOfARun_anyFile_isReadOrNamed() throws Exception {
        RunFolder run = workspace.experiment("debug").newRun(Instant.EPOCH);
        run.describe(Map.of("plan", "Trial"));
        Path file = run.path().resolve("run.json");
        Fuzz.of("run-description")
                .seed(Files.readAllBytes(file))
                .naming(file.toString())
                .refusedBy(WorkspaceException.class)
                .bytes(bytes -> {
                    Files.write(file, bytes);
                    run.description();
                });
    }

    @Test
    void open_anyMarkerOfAWorkspace_isReadOrNamed() throws Exception {
        Path marker = root.resolve(WorkspaceLayout.MARKER);
        Fuzz.of("workspace-marker")
                .seed(Files.readAllBytes(marker))
                .naming(marker.toString())
                .refusedBy(WorkspaceException.class)
                .bytes(bytes -> {
                    Files.write(marker, bytes);
                    assertThat(Workspace.open(root).root()).isEqualTo(root.toRealPath());
                });
    }
}
