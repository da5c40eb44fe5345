package org.experimaestro.trial;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.experimaestro.engine.RunListener;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.workspace.JobFolder;

/** Keeps what a run tells. */
public final class Recorder implements RunListener {
    private final Map<String, JobFolder> folders;
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final List<SubmittedTask> submitted = new CopyOnWriteArrayList<>();
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final List<String> says = new CopyOnWriteArrayList<>();

    /** Puts the folders of submitted jobs into a map, too. */
    Recorder(Map<String, JobFolder> folders) {
        this.folders = folders;
    }

    @Override
    public void warning(String text) {
        warnings.add(text);
    }

    @Override
    public void submitted(SubmittedTask task) {
        submitted.add(task);
        folders.put(Lab.name(task), task.folder());
    }

    @Override
    public void changed(SubmittedTask task, Phase phase) {
        changes.add(Lab.name(task) + " " + phase);
    }

    @Override
    public void says(SubmittedTask task, String state) {
        says.add(Lab.name(task) + " " + state);
    }

    /** {@code name STATE}, as launchers told, in order. */
    public List<String> says() {
        return says;
    }

    /** Warnings, in order. */
    public List<String> warnings() {
        return warnings;
    }

    /** Submitted tasks, in order. */
    public List<SubmittedTask> submitted() {
        return submitted;
    }

    /** {@code name PHASE}, in order. */
    public List<String> changes() {
        return changes;
    }
}
