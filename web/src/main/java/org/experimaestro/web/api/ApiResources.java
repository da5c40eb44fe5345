package org.experimaestro.web.api;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.WorkspaceException;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.PathPattern;
import org.experimaestro.web.http.Query;
import org.jspecify.annotations.Nullable;

/** All resources of the API, by the patterns of their paths below {@code /api/1/}. */
public final class ApiResources {
    private static final List<Entry> ALL = List.of(
            new Entry("workspace", new WorkspaceResource()),
            new Entry("experiments/{experiment}", new ExperimentResource()),
            new Entry("runs/{experiment}/{run}", new RunResource()),
            new Entry("runs/{experiment}/{run}/beside", new BesideResource()),
            new Entry("runs/{experiment}/{run}/services/{name}/address", new ServiceAddressResource()),
            new Entry("jobs", new JobsResource()),
            new Entry("jobs/rows", new RowsResource()),
            new Entry("jobs/{type}/{id}", new JobResource()),
            new Entry("table", new TableResource()),
            new Entry("charts/history", new HistoryResource()),
            new Entry("charts/points", new PointsResource()),
            new Entry("compare", new CompareResource()),
            new Entry("types", new TypesResource()),
            new Entry("types/{type}", new TypeResource()),
            new Entry("orphans", new OrphansResource()),
            new Entry("trash", new TrashResource()),
            new Entry("noted", new NotedResource()),
            new Entry("timeline", new TimelineResource()),
            new Entry("graph", new GraphResource()));

    private ApiResources() {}

    private record Entry(PathPattern pattern, Resource resource) {
        Entry(String pattern, Resource resource) {
            this(PathPattern.of(pattern), resource);
        }
    }

    /**
     * Returns whether a resource has a path, whatever it answers.
     *
     * @param path the segments of the path behind {@code /api/1/}
     * @return false if every question of this path is wrong
     */
    public static boolean has(List<String> path) {
        return ALL.stream().anyMatch(entry -> entry.pattern().match(path).isPresent());
    }

    /**
     * Returns whether a path is that of a resource which no stream answers.
     *
     * @param path the segments of the path behind {@code /api/1/}
     * @return true if each question of this path is a request of its own
     */
    public static boolean isAlone(List<String> path) {
        return ALL.stream()
                .anyMatch(entry -> entry.resource().isAlone()
                        && entry.pattern().match(path).isPresent());
    }

    /**
     * Answers a question.
     *
     * @param monitored the workspace
     * @param path the segments of the path behind {@code /api/1/}
     * @param query the parameters
     * @return the members of the answer
     * @throws HttpProblem if no resource has this path, or the question is wrong
     * @throws IOException if files cannot be read
     */
    public static Map<String, @Nullable Object> answer(Monitored monitored, List<String> path, Query query)
            throws IOException {
        for (Entry entry : ALL) {
            Optional<Map<String, String>> names = entry.pattern().match(path);
            if (names.isPresent()) {
                try {
                    return WireJson.of(entry.resource().answer(monitored, names.get(), query));
                } catch (WorkspaceException refused) {
                    throw WorkspaceProblem.of(refused, query.find("q").orElse(""));
                }
            }
        }
        throw HttpProblem.notFound("There is no resource /api/1/" + String.join("/", path));
    }
}
