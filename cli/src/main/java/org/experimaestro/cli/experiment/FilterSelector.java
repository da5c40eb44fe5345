package org.experimaestro.cli.experiment;

import java.util.Map;
import java.util.Optional;
import org.experimaestro.engine.JobSelector;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.monitor.filter.SubmissionFilter;
import org.jspecify.annotations.Nullable;

/** A selection of submitted jobs by a filter. Confined to one thread at a time. */
final class FilterSelector implements JobSelector {
    private final String option;
    private final SubmissionFilter filter;
    private final SubmittedParameters parameters;

    /**
     * Creates a selection.
     *
     * @param option the option with the text of the filter, for messages
     * @param filter the filter
     * @param parameters the parameters of jobs, which all selections of a run share
     */
    FilterSelector(String option, SubmissionFilter filter, SubmittedParameters parameters) {
        this.option = option;
        this.filter = filter;
        this.parameters = parameters;
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
                return parameters.of(task);
            }
        });
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
