package org.experimaestro.web.api;

import java.util.List;
import java.util.Optional;
import org.experimaestro.monitor.explain.ParameterTree;
import org.experimaestro.monitor.view.JobsView;
import org.jspecify.annotations.Nullable;

/**
 * A parameter in a tree.
 *
 * @param name its name
 * @param type its type as in Java source
 * @param value the value of a leaf, which may be {@code null}; an empty optional for a parameter with children
 * @param role the part of the value in the identifier
 * @param tag the tag that has this value, or the tags of a configuration
 * @param documentation its documentation in the source
 * @param producer the job that made the value
 * @param children the parameters of a configuration, or the elements of a list or map
 */
record ParameterLine(
        String name,
        Optional<String> type,
        @Nullable Object value,
        Role role,
        Optional<String> tag,
        Optional<String> documentation,
        Optional<JobLink> producer,
        Optional<List<ParameterLine>> children) {

    /** The part of a value in an identifier. */
    enum Role {
        /** It counts, or may count. */
        COUNTS,
        /** It is the default, which does not count. */
        DEFAULT,
        /** The parameter is meta. */
        META,
        /** It is a path that the system has set. */
        PATH
    }

    static ParameterLine of(JobsView view, ParameterTree.Node node) {
        List<ParameterLine> children =
                node.children().stream().map(child -> of(view, child)).toList();
        return new ParameterLine(
                node.name(),
                node.type(),
                children.isEmpty() ? node.value().orElse(null) : Optional.empty(),
                switch (node.role()) {
                    case COUNTED, COUNTED_UNLESS_DEFAULT, UNKNOWN -> Role.COUNTS;
                    case DEFAULT -> Role.DEFAULT;
                    case META -> Role.META;
                    case GENERATED_PATH -> Role.PATH;
                },
                node.tag(),
                Optional.of(node.documentation()).filter(text -> !text.isBlank()),
                node.producer().map(name -> JobLink.of(view, name)),
                children.isEmpty() ? Optional.empty() : Optional.of(children));
    }
}
