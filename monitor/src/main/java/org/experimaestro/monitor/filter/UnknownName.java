package org.experimaestro.monitor.filter;

/** A name that no job has. It never leaves the package. */
final class UnknownName extends Exception {
    private static final long serialVersionUID = 1;

    private final transient FilterName name;
    private final String problem;
    private final String advice;

    /**
     * Creates the exception.
     *
     * @param name the name
     * @param problem the beginning of the problem, before the name
     * @param advice the near name, or the known names
     */
    UnknownName(FilterName name, String problem, String advice) {
        super(problem, null, false, false);
        this.name = name;
        this.problem = problem + " " + FilterText.quoted(name.name());
        this.advice = advice;
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
}
