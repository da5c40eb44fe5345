package org.experimaestro.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.experimaestro.runtime.JobTasks.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Init tasks, and configurations with files of their own, in a job's process. */
class PreparedTaskTest {
    @TempDir
    Path temporary;

    @Test
    void task_generatedPathsOfConfigurations_haveAFolderForEach() throws Exception {
        Config<PartTasks.Cache> inner = config(PartTasks.Cache.class, "name", "inner");
        Config<PartTasks.Cache> outer = config(PartTasks.Cache.class, "name", "outer", "next", inner);
        Config<PartTasks.Cache> other = config(PartTasks.Cache.class, "name", "other");
        Config<PartTasks.FillsCaches> fills =
                config(PartTasks.FillsCaches.class, "cache", outer, "more", List.of(inner, other), "without", "");
        JobProcess job = job(fills).start();

        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        assertThat(job.file("parts/cache/cache.txt")).hasContent("outer");
        assertThat(job.file("parts/more/0/cache.txt")).hasContent("inner");
        assertThat(job.file("parts/more/1/cache.txt")).hasContent("other");

        Config<PartTasks.FillsCaches> forgets =
                config(PartTasks.FillsCaches.class, "cache", outer, "more", List.of(), "without", "inner");
        assertFailed(job(forgets).start(), FailureCause.MISSING_PATHS, "file (parts/cache/next/cache.txt)");
    }

    @Test
    void task_initTasks_runInTheirOrderOnTheObjectsOfTheTask() throws Exception {
        Config<PartTasks.Notes> notes = config(PartTasks.Notes.class, "number", 1);
        Config<PartTasks.PrintsNotes> prints = config(PartTasks.PrintsNotes.class, "notes", notes.tag("k", 2));
        JobProcess job = job(prints.init(config(PartTasks.TakesNote.class, "notes", notes, "word", "b"))
                .init(config(PartTasks.TakesNote.class, "notes", notes.stopTags(), "word", "a")));

        assertThat(job.start().exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        assertThat(job.output()).isEqualTo("b 1 a 1 task");
    }

    @Test
    void task_initTaskThatThrows_isNamedByTheFailure() throws Exception {
        Config<PartTasks.Notes> notes = config(PartTasks.Notes.class, "number", 1);
        Config<PartTasks.PrintsNotes> prints = config(PartTasks.PrintsNotes.class, "notes", notes);
        Config<PartTasks.TakesNote> fails =
                config(PartTasks.TakesNote.class, "notes", notes, "word", "no file", "fails", true);
        JobProcess job = job(prints.init(config(PartTasks.TakesNote.class, "notes", notes, "word", "a"))
                .init(fails));

        assertFailed(
                job.start(),
                FailureCause.EXCEPTION,
                "the init task job.note (2 of 2) threw java.io.IOException: no file");
        assertThat(job.output()).isEmpty();
        assertThat(job.error()).contains("Caused by: java.io.IOException: no file", "PartTasks$TakesNote.init");
    }

    private JobProcess job(Config<?> task) throws IOException {
        // The process sees the real path of its folder.
        return JobProcess.of(temporary.toRealPath(), task);
    }

    private static void assertFailed(JobProcess job, FailureCause cause, String message) throws InterruptedException {
        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.FAILED);
        assertThat(job.status().state()).isEqualTo(JobState.FAILED);
        assertThat(job.status().findCause()).contains(cause);
        assertThat(job.status().message()).isEqualTo(message);
    }
}
