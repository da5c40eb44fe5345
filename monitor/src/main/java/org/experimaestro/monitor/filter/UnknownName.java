package org.experimaestro.monitor.filter;

import java.util.Collection;
import java.util.List;
import org.experimaestro.base.text.NearName;

/** A name that no job has. It never leaves the package. */
final class UnknownName extends Exception {
    private static final long serialVersionUID = 1;

    private final transient FilterName name;
    private final String problem;
    private final String advice;
    private final transient List<String> near;

    /**
     * Creates the exception.
     *
     * @param name the name
     * @param problem the beginning of the problem, before the name
     * @param advice the near name, or the known names
     * @param known the names that could have been meant
     */
    UnknownName(FilterName name, String problem, String advice, Collection<String> known) {
        super(problem, null, false, false);
        this.name = name;
        this.problem = problem + " " + FilterText.quoted(name.name());
        this.advice = advice;
        this.near = NearName.near(name.name(), known, FilterText.MOST_NEAR);
    }

    FilterName name() {
        return name;
    }

    String problem() {
        return problem;
    }

    String advice() {
        return advice;
    }

    List<String> near() {
        return near;
    }
}
