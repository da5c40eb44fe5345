package org.experimaestro.monitor.filter;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.NearName;
import org.jspecify.annotations.Nullable;

/**
 * A filter of jobs that a plan submits, by what is known of them then: the type, the identifier, tags and parameters.
 * Confined to one thread at a time.
 */
public final class SubmissionFilter {
    private static final String ADVICE = "name the type, the id, a tag or a parameter";
    private static final int MOST_SHOWN = 20;

    private final Filter filter;
    private final Predicate<FilteredRow> accepts;
    /** The names without a prefix that were looked for, and that no job had so far. */
    private final Set<String> missing = new TreeSet<>();

    private final Set<String> found = new HashSet<>();

    private final SortedSet<String> tags = new TreeSet<>();
    private final SortedSet<String> parameters = new TreeSet<>();

    /** A job that a plan submits. */
    public interface Submission {
        /**
         * Returns the job's name.
         *
         * @return {@code type/identifier}
         */
        String job();

        /**
         * Returns the tags.
         *
         * @return the values by name
         */
        Map<String, Object> tags();

        /**
         * Returns the parameters. Called only if the filter names one.
         *
         * @return JSON values by name, as in the file of a job's parameters
         */
        Map<String, @Nullable Object> parameters();
    }

    /**
     * Creates a filter of submissions.
     *
     * @param filter the filter
     * @throws WorkspaceException if it names a value that a job has only later, such as a metric or the state; the
     *     message has the place
     */
    public SubmissionFilter(Filter filter) {
        this.filter = filter;
        this.accepts = filter.bind(this::values);
    }

    private Function<FilteredRow, @Nullable Object> values(FilterName name) throws UnknownName {
        String text = name.name();
        return switch (name.scope()) {
            case FIELD -> {
                JobField field = name.field().orElseThrow();
                if (field != JobField.TYPE && field != JobField.ID) {
                    throw later(name);
                }
                yield field::value;
            }
            case METRIC, RUN -> throw later(name);
            case TAG -> known(text, row -> row.tags().get().get(text));
            case PARAMETER -> known(text, row -> parameter(row, text));
            case ANY ->
                known(text, row -> {
                    Object tag = row.tags().get().get(text);
                    return tag == null ? parameter(row, text) : tag;
                });
        };
    }

    private static UnknownName later(FilterName name) {
        return new UnknownName(name, "a job that is being submitted has no", ADVICE, List.of());
    }

    private @Nullable Object parameter(FilteredRow row, String path) {
        Map<String, @Nullable Object> all = row.parameters().get();
        parameters.addAll(all.keySet());
        return ParameterLookup.find(all, path);
    }

    /** Remembers a name that is looked for, until a job has a value of it. */
    private Function<FilteredRow, @Nullable Object> known(String name, Function<FilteredRow, @Nullable Object> values) {
        return row -> {
            Object value = values.apply(row);
            if (value != null) {
                found.add(name);
                missing.remove(name);
            } else if (!found.contains(name)) {
                missing.add(name);
            }
            return value;
        };
    }

    /**
     * Returns whether the filter selects a job.
     *
     * @param submission the job
     * @return true if it does
     */
    public boolean selects(Submission submission) {
        tags.addAll(submission.tags().keySet());
        Supplier<Map<String, @Nullable Object>> read = new Supplier<>() {
            private @Nullable Map<String, @Nullable Object> values;

            @Override
            public Map<String, @Nullable Object> get() {
                Map<String, @Nullable Object> known = values;
                if (known == null) {
                    known = submission.parameters();
                    values = known;
                }
                return known;
            }
        };
        return accepts.test(
                new FilteredRow(null, submission.job(), List.of(), List.of(), submission::tags, read, Instant.EPOCH));
    }

    /**
     * Returns what may be wrong if the filter has selected no job.
     *
     * @return a sentence about the first name that no job has, with the near name or the known tags; empty if jobs have
     *     all names
     */
    public Optional<String> advice() {
        List<String> known = new ArrayList<>(tags);
        known.addAll(parameters);
        return missing.stream()
                .findFirst()
                .map(name -> "no job has a tag or a parameter " + FilterText.quoted(name) + "; "
                        + NearName.advice(name, known)
                                .orElse(
                                        tags.isEmpty()
                                                ? "no job has tags"
                                                : "the tags are "
                                                        + String.join(
                                                                ", ",
                                                                tags.stream()
                                                                        .limit(MOST_SHOWN)
                                                                        .toList())));
    }

    /** Returns the text of the filter. */
    @Override
    public String toString() {
        return filter.toString();
    }
}
