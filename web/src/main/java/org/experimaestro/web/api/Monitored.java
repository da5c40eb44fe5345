package org.experimaestro.web.api;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.SubmittedJobs;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/** The workspace that a server shows, with what its answers are made from. Thread-safe. */
public final class Monitored {
    private final Workspace workspace;
    private final WorkspaceIndex index;
    private final InstantSource clock;
    private final Map<String, String> presets;
    private final boolean readOnly;
    private final String program;
    private @Nullable JobsView stored;
    private @Nullable JobsView view;

    /**
     * Creates the source of answers of a server that may act, and has no version.
     *
     * @param workspace the workspace
     * @param index its index, which somebody refreshes
     * @param clock the clock that ages and forecasts are computed with
     * @param presets the filters that the user has named, by their names
     */
    public Monitored(Workspace workspace, WorkspaceIndex index, InstantSource clock, Map<String, String> presets) {
        this(workspace, index, clock, presets, false, "");
    }

    /**
     * Creates the source of answers.
     *
     * @param workspace the workspace
     * @param index its index, which somebody refreshes
     * @param clock the clock that ages and forecasts are computed with
     * @param presets the filters that the user has named, by their names
     * @param readOnly whether the server refuses all actions
     * @param program the version of Experimaestro
     */
    public Monitored(
            Workspace workspace,
            WorkspaceIndex index,
            InstantSource clock,
            Map<String, String> presets,
            boolean readOnly,
            String program) {
        this.workspace = workspace;
        this.index = index;
        this.clock = clock;
        this.presets = Map.copyOf(presets);
        this.readOnly = readOnly;
        this.program = program;
    }

    /** Returns the workspace. */
    public Workspace workspace() {
        return workspace;
    }

    /** Returns the index. */
    public WorkspaceIndex index() {
        return index;
    }

    /** Returns the time at which an answer is made. */
    public Instant now() {
        return clock.instant();
    }

    /** Returns the filters that the user has named. */
    public Map<String, String> presets() {
        return presets;
    }

    /** Returns whether the server refuses all actions. */
    public boolean readOnly() {
        return readOnly;
    }

    /** Returns the version of Experimaestro. */
    public String program() {
        return program;
    }

    /**
     * Returns the current jobs, with those that the current runs have submitted and that have no folder.
     *
     * @return the same view until the index changes
     */
    public synchronized JobsView view() {
        JobsView current = index.view();
        JobsView known = view;
        if (known == null || stored != current) {
            known = SubmittedJobs.addTo(workspace, current);
            stored = current;
            view = known;
        }
        return known;
    }
}
