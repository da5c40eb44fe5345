package org.experimaestro.monitor.filter;

import java.util.Optional;

/**
 * A name in a filter.
 *
 * @param scope the kind of thing that is named
 * @param name the name without the prefix of its scope
 */
record FilterName(Scope scope, String name) {

    /** The kinds of things that have names. */
    enum Scope {
        /** A field of all jobs, such as {@code state}. */
        FIELD(""),
        /** A tag, written {@code tag.NAME}. */
        TAG("tag."),
        /** A metric, written {@code metric.NAME}. */
        METRIC("metric."),
        /** A note or a tag of the run that submitted the job, written {@code run.note} and {@code run.tag.NAME}. */
        RUN("run."),
        /** A parameter, written {@code param.PATH}. */
        PARAMETER("param."),
        /** A tag if a job has one of this name, else a metric, else a parameter. */
        ANY("");

        private final String prefix;

        Scope(String prefix) {
            this.prefix = prefix;
        }
    }

    /** Returns the name that a text stands for. */
    static FilterName parse(String text) {
        Optional<JobField> field = JobField.find(text);
        if (field.isPresent()) {
            return new FilterName(Scope.FIELD, field.get().text());
        }
        for (Scope scope : Scope.values()) {
            if (!scope.prefix.isEmpty() && text.startsWith(scope.prefix)) {
                return new FilterName(scope, text.substring(scope.prefix.length()));
            }
        }
        return new FilterName(Scope.ANY, text);
    }

    /** The name of a run's notes. */
    static final String NOTE = "note";

    /** The beginning of the name of a run's tag. */
    static final String RUN_TAG = "tag.";

    static FilterName of(JobField field) {
        return new FilterName(Scope.FIELD, field.text());
    }

    static FilterName tag(String name) {
        return new FilterName(Scope.TAG, name);
    }

    static FilterName runTag(String name) {
        return new FilterName(Scope.RUN, RUN_TAG + name);
    }

    /** Returns the kind of the values. */
    JobField.Kind kind() {
        return scope == Scope.RUN && name.equals(NOTE)
                ? JobField.Kind.TEXTS
                : field().map(JobField::kind).orElse(JobField.Kind.VALUE);
    }

    /** Returns whether this is the run, or a value of it. */
    boolean isOfRun() {
        return scope == Scope.RUN || equals(of(JobField.RUN));
    }

    /** Returns whether the value may change while the index stays the same. */
    boolean isVolatile() {
        return scope == Scope.RUN
                || field().filter(field -> switch (field) {
                            case AGE, TIME, PINNED, NOTE -> true;
                            default -> false;
                        })
                        .isPresent();
    }

    /** Returns the field of this name; empty unless the name is that of a field. */
    Optional<JobField> field() {
        return scope == Scope.FIELD ? JobField.find(name) : Optional.empty();
    }

    @Override
    public String toString() {
        return scope.prefix + name;
    }
}
