package org.experimaestro.trial;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.experimaestro.engine.RunListener;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.engine.schedule.Phase;

/** Keeps what a run tells. */
public final class Recorder implements RunListener {
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final List<SubmittedTask> submitted = new CopyOnWriteArrayList<>();
    private final List<String> changes = new CopyOnWriteArrayList<>();

    @Override
    public void warning(String text) {
        warnings.add(text);
    }

    @Override
    public void submitted(SubmittedTask task) {
        submitted.add(task);
    }

    @Override
    public void changed(SubmittedTask task, Phase phase) {
        changes.add(Lab.name(task) + " " + phase);
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
