package org.experimaestro.monitor.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.experimaestro.WorkspaceException;

/** A search for several subjects that a user has named, such as jobs or runs. */
public final class SubjectSearch {
    private SubjectSearch() {}

    /**
     * Finds all subjects before the first one is returned, so that an action with a wrong name does nothing.
     *
     * @param names the names
     * @param find finds the subject of a name, or throws a {@link WorkspaceException} that tells the reason
     * @param <T> the type of the subjects
     * @return the subjects, in the order of the names
     * @throws WorkspaceException if some names are wrong; the message has the problems of all of them
     */
    public static <T> List<T> findAll(List<String> names, Function<String, T> find) {
        List<T> found = new ArrayList<>();
        Map<String, WorkspaceException> problems = new LinkedHashMap<>();
        for (String name : names) {
            try {
                found.add(find.apply(name));
            } catch (WorkspaceException none) {
                problems.putIfAbsent(name, none);
            }
        }
        if (problems.size() > 1) {
            throw WorkspaceException.of(problems.values().stream()
                            .map(Throwable::getMessage)
                            .collect(Collectors.joining("\n", problems.size() + " problems:\n", "")))
                    .build();
        }
        for (WorkspaceException problem : problems.values()) {
            throw problem;
        }
        return found;
    }
}
