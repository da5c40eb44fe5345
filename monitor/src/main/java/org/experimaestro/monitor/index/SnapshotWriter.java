package org.experimaestro.monitor.index;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.core.file.FileStamp;
import org.experimaestro.core.json.Json;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.workspace.EnergyUse;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ResourceUse;
import org.jspecify.annotations.Nullable;

/**
 * A writer of an index's copy: tables, then jobs in blocks, which several threads can read, then runs. Each object
 * writes one copy.
 */
final class SnapshotWriter {
    static final byte NEW = 'n';
    static final byte DONE = 'd';
    static final byte REMOVED = 'r';
    static final byte FAILED = 'f';

    private static final int BLOCK = 4096;

    private final SnapshotTables tables = new SnapshotTables();
    private SnapshotOutput rows = new SnapshotOutput();

    /** Writes all entries. */
    void write(IndexSnapshot.Content content, SnapshotOutput out) {
        List<SnapshotOutput> blocks = new ArrayList<>();
        for (int start = 0; start < content.jobs().size(); start += BLOCK) {
            List<IndexedJob> block = content.jobs()
                    .subList(start, Math.min(start + BLOCK, content.jobs().size()));
            rows = new SnapshotOutput();
            rows.integer(block.size());
            block.forEach(this::job);
            blocks.add(rows);
        }
        rows = new SnapshotOutput();
        rows.integer(content.runs().size());
        content.runs().values().forEach(this::run);
        tables.writeTo(out);
        out.integer(blocks.size());
        blocks.forEach(out::part);
        out.part(rows);
    }

    private void job(IndexedJob job) {
        rows.integer(tables.text(job.name()));
        stamp(job.stamp());
        status(job.status());
        rows.write(job.mayBeLink() ? 1 : 0);
        optional(job.parametersStamp());
        if (job.parametersStamp() != null) {
            rows.integer(tables.tags(job.tags()));
            rows.integer(tables.list(job.uses()));
        }
    }

    private void optional(@Nullable FileStamp stamp) {
        rows.write(stamp == null ? 0 : 1);
        if (stamp != null) {
            stamp(stamp);
        }
    }

    private void stamp(FileStamp stamp) {
        rows.number(stamp.size());
        rows.number(stamp.modified());
        rows.number(stamp.changed());
        rows.number(stamp.device());
        rows.number(stamp.inode());
    }

    private void status(JobStatus status) {
        switch (status) {
            case JobStatus.New _ -> rows.write(NEW);
            case JobStatus.Removed removed -> {
                rows.write(REMOVED);
                rows.integer(removed.removal());
                rows.number(removed.time().toEpochMilli());
                status(removed.done());
            }
            case JobStatus.Done done -> {
                rows.write(DONE);
                rows.integer(done.attempt());
                rows.number(done.started().toEpochMilli());
                rows.number(done.ended().toEpochMilli());
                String defaults = done.defaults();
                rows.write(defaults == null ? 0 : 1);
                if (defaults != null) {
                    rows.integer(tables.text(defaults));
                }
                rows.integer(tables.list(new ArrayList<>(done.metrics().keySet())));
                done.metrics().values().forEach(rows::decimal);
                use(done.use());
            }
            case JobStatus.Failed failed -> {
                rows.write(FAILED);
                rows.integer(failed.lastAttempt().orElse(0));
                time(failed.started());
                time(failed.ended());
                rows.integer(tables.text(failed.cause().name()));
                rows.text(failed.message());
                use(failed.use());
            }
            case JobStatus.Active _, JobStatus.Corrupt _ ->
                throw new IllegalArgumentException("The state of a job that is not final is not stored: " + status);
        }
    }

    private void use(@Nullable ResourceUse use) {
        rows.write(use == null ? 0 : 1);
        if (use != null) {
            rows.decimal(use.cpuSeconds().orElse(-1));
            rows.decimal(use.gcSeconds().orElse(-1));
            rows.number(use.maxMemoryBytes().orElse(-1));
            rows.number(use.childMemoryBytes().orElse(-1));
            rows.number(use.cgroupMemoryBytes().orElse(-1));
            rows.decimal(use.wallSeconds());
            energy(use.energy());
        }
    }

    private void energy(@Nullable EnergyUse energy) {
        rows.write(energy == null ? 0 : energy.isEstimated() ? 2 : 1);
        if (energy != null) {
            rows.decimal(energy.joules());
            rows.decimal(energy.carbonGrams().orElse(-1));
        }
    }

    private void time(@Nullable Instant time) {
        rows.write(time == null ? 0 : 1);
        if (time != null) {
            rows.number(time.toEpochMilli());
        }
    }

    private void run(IndexedRun run) {
        rows.integer(tables.text(run.experiment()));
        rows.integer(tables.text(run.run()));
        optional(run.descriptionStamp());
        optional(run.jobsStamp());
        rows.text(run.jobs().key());
        rows.number(run.jobs().end());
        rows.number(run.jobs().check());
        rows.text(Json.writeLine(run.description()));
        rows.integer(run.submissions().size());
        for (RunSubmission submission : run.submissions()) {
            rows.integer(tables.text(submission.job()));
            rows.integer(tables.tags(submission.tags()));
            rows.integer(tables.list(submission.dependencies()));
        }
    }
}
