package org.experimaestro.web.api;

import java.io.IOException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.monitor.filter.FilterMistake;
import org.experimaestro.web.http.HttpProblem;

/** Exceptions of the workspace as problems of requests. */
public final class WorkspaceProblem {
    private WorkspaceProblem() {}

    /**
     * Creates the problem that an exception is.
     *
     * @param refused the exception
     * @param filter the filter of the question, as it was written
     * @return a problem of status 500 if a file cannot be read, else of status 400; for a mistake in the filter, with its
     *     place and near names
     */
    public static HttpProblem of(WorkspaceException refused, String filter) {
        return FilterMistake.find(refused)
                .map(mistake -> of(mistake, filter))
                .orElseGet(() -> isUnreadable(refused)
                        ? HttpProblem.ofFault(refused)
                        : HttpProblem.badRequest(String.valueOf(refused.getMessage())));
    }

    /**
     * Returns whether an exception is about a file, and not about the question.
     *
     * @param refused the exception
     * @return true if a file cannot be read, or is damaged
     */
    public static boolean isUnreadable(WorkspaceException refused) {
        return refused.getCause() instanceof IOException || refused.getCause() instanceof JsonException;
    }

    private static HttpProblem of(FilterMistake mistake, String filter) {
        HttpProblem problem =
                new HttpProblem(400, mistake.problem(), mistake.advice().orElse(null));
        if (mistake.text().equals(filter)) { // and not that of a named filter
            problem.with("at", mistake.at()).with("length", mistake.length());
        }
        return mistake.near().isEmpty() ? problem : problem.with("near", mistake.near());
    }
}
