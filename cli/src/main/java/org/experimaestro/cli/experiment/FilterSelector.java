package org.experimaestro.cli.experiment;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.engine.JobSelector;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.monitor.filter.SubmissionFilter;
import org.experimaestro.monitor.view.ConfigurationTree;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/** A selection of submitted jobs by a filter. Confined to one thread at a time. */
final class FilterSelector implements JobSelector {
    private final String option;
    private final SubmissionFilter filter;
    private final Path folder;
    private @Nullable Workspace workspace;

    /**
     * Creates a selection.
     *
     * @param option the option with the text of the filter, for messages
     * @param filter the filter
     * @param folder the workspace's folder, which may be missing until the first job is submitted
     */
    FilterSelector(String option, SubmissionFilter filter, Path folder) {
        this.option = option;
        this.filter = filter;
        this.folder = folder;
    }

    @Override
    public boolean selects(SubmittedTask task) {
        return filter.selects(new SubmissionFilter.Submission() {
            @Override
            public String job() {
                return task.folder().name();
            }

            @Override
            public Map<String, Object> tags() {
                return task.tags();
            }

            @Override
            public Map<String, @Nullable Object> parameters() {
                return ConfigurationTree.parse(task.parameters(workspace())).values();
            }
        });
    }

    private Workspace workspace() {
        Workspace known = workspace;
        if (known == null) {
            known = Workspace.view(folder);
            workspace = known;
        }
        return known;
    }

    @Override
    public String option() {
        return option;
    }

    @Override
    public Optional<String> advice() {
        return filter.advice();
    }
}
