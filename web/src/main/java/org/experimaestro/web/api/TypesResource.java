package org.experimaestro.web.api;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.experimaestro.monitor.type.TypeCatalog;
import org.experimaestro.monitor.type.TypeInfo;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.web.http.Query;

/** The configuration types of a workspace: those of its code, and those of its jobs. */
final class TypesResource implements Resource {
    /**
     * The answer.
     *
     * @param types the types, sorted
     */
    record Answer(List<TypeLine> types) {}

    /**
     * A type in a list.
     *
     * @param type the type
     * @param summary the first sentence of its documentation
     * @param isTask whether it can be submitted
     * @param jobs the number of its jobs
     */
    record TypeLine(String type, Optional<String> summary, boolean isTask, int jobs) {}

    @Override
    public Answer answer(Monitored monitored, Map<String, String> path, Query query) throws IOException {
        Map<String, Integer> jobs = new TreeMap<>();
        TypeCatalog catalog = monitored.types().types(monitored.view());
        catalog.types().forEach(type -> jobs.put(type.typeId(), 0));
        for (JobView job : monitored.view().jobs()) {
            jobs.merge(job.folder().typeId(), 1, Integer::sum);
        }
        return new Answer(jobs.entrySet().stream()
                .map(type -> line(type.getKey(), type.getValue(), catalog.findType(type.getKey())))
                .toList());
    }

    private static TypeLine line(String type, int jobs, Optional<TypeInfo> info) {
        return new TypeLine(
                type,
                info.map(TypeInfo::description).filter(text -> !text.isBlank()).map(TypesResource::firstSentence),
                info.map(TypeInfo::isTask).orElse(true), // jobs are of tasks only
                jobs);
    }

    /** Returns a text up to its first full stop before white space, or its first empty line. */
    static String firstSentence(String text) {
        String first = text.strip().split("(?<=[.!?])\\s|\\R\\s*\\R", 2)[0];
        return first.replaceAll("\\s+", " ");
    }
}
