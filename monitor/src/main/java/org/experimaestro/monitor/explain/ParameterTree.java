package org.experimaestro.monitor.explain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.experimaestro.base.text.TagValue;
import org.experimaestro.monitor.type.ParameterInfo;
import org.experimaestro.monitor.view.StoredConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a job as a tree. A configuration that is used twice is there twice; one beyond
 * {@link #MOST_NODES}, or too deep, is a leaf whose value is its short name.
 */
public final class ParameterTree {
    /** The most parameters of a tree. */
    public static final int MOST_NODES = 1_000;

    private static final int DEEPEST = 20;

    private final Explanation explanation;
    private int nodes;

    private ParameterTree(Explanation explanation) {
        this.explanation = explanation;
    }

    /**
     * A parameter, or an element of a list or map that has configurations. Immutable.
     *
     * @param name its name; an index or key in brackets for an element
     * @param type its type as in Java source; empty if the type of its configuration is not described
     * @param value a JSON value; empty for an absent optional, and for a parameter with children
     * @param role the part of the value in the identifier
     * @param tag the tag that has this value, or the tags of a configuration, as {@code name=value}
     * @param documentation its documentation in the source; may be empty
     * @param producer the name of the job that made the value
     * @param children the parameters of a configuration, or the elements; empty for a leaf
     */
    public record Node(
            String name,
            Optional<String> type,
            Optional<Object> value,
            IdentifierRole role,
            Optional<String> tag,
            String documentation,
            Optional<String> producer,
            List<Node> children) {
        /** Copies the list. */
        public Node {
            children = List.copyOf(children);
        }
    }

    /**
     * Returns the parameters of a job.
     *
     * @param explanation the explanation of the job
     * @return its parameters in the order of the constructor
     */
    public static List<Node> of(Explanation explanation) {
        return new ParameterTree(explanation).parameters(explanation.root(), 0);
    }

    private List<Node> parameters(StoredConfiguration config, int depth) {
        List<Node> found = new ArrayList<>();
        for (ExplainedParameter parameter : explanation.parameters(config)) {
            Optional<ParameterInfo> info =
                    explanation.findType(config).flatMap(type -> type.findParameter(parameter.name()));
            Described described = new Described(
                    parameter.name(),
                    info.map(ParameterInfo::type),
                    parameter.counting(),
                    info.map(ParameterInfo::description).orElse(""));
            Object value = parameter.counting() == IdentifierRole.GENERATED_PATH ? parameter.detail() : parameter.value();
            found.add(node(described, value, tag(config, parameter), depth));
        }
        return found;
    }

    /** Everything about a parameter but its value. */
    private record Described(String name, Optional<String> type, IdentifierRole role, String documentation) {
        /** Returns an element of the parameter's value, which has no declaration of its own. */
        Described element(String key) {
            return new Described("[" + key + "]", Optional.empty(), role, "");
        }

        Node leaf(@Nullable Object value, Optional<String> tag, Optional<String> producer) {
            return new Node(name, type, Optional.ofNullable(value), role, tag, documentation, producer, List.of());
        }

        Node parent(Optional<String> tag, Optional<String> producer, List<Node> children) {
            return new Node(name, type, Optional.empty(), role, tag, documentation, producer, children);
        }
    }

    /** Finds the tag of a parameter that has its name and its value. */
    private static Optional<String> tag(StoredConfiguration config, ExplainedParameter parameter) {
        Object tag = config.tags().get(parameter.name());
        Object value = parameter.value();
        return tag != null && value != null && TagValue.show(tag).equals(String.valueOf(value))
                ? Optional.of(parameter.name())
                : Optional.empty();
    }

    private Node node(Described described, @Nullable Object value, Optional<String> tag, int depth) {
        nodes++;
        if (value instanceof StoredConfiguration config) {
            return configuration(described, config, depth);
        }
        Map<String, @Nullable Object> elements = elements(value);
        if (elements.isEmpty()) {
            return described.leaf(value, tag, Optional.empty());
        }
        List<Node> children = new ArrayList<>();
        elements.forEach((key, element) ->
                children.add(node(described.element(key), element, Optional.empty(), depth + 1)));
        return described.parent(tag, Optional.empty(), children);
    }

    private Node configuration(Described described, StoredConfiguration config, int depth) {
        Optional<String> tags = config.tags().isEmpty()
                ? Optional.empty()
                : Optional.of(config.tags().entrySet().stream()
                        .map(tag -> tag.getKey() + "=" + TagValue.show(tag.getValue()))
                        .collect(Collectors.joining(" ")));
        Optional<String> producer = Optional.ofNullable(config.producer());
        List<Node> children =
                depth >= DEEPEST || nodes >= MOST_NODES ? List.of() : parameters(config, depth + 1);
        return children.isEmpty()
                ? described.leaf(config.shortName(), tags, producer)
                : described.parent(tags, producer, children);
    }

    /** Returns the elements of a list or map that has configurations; empty for other values. */
    private static Map<String, @Nullable Object> elements(@Nullable Object value) {
        Map<String, @Nullable Object> elements = new LinkedHashMap<>();
        if (value instanceof List<?> list && hasConfiguration(list)) {
            for (int i = 0; i < list.size(); i++) {
                elements.put(String.valueOf(i), list.get(i));
            }
        } else if (value instanceof Map<?, ?> map && hasConfiguration(map.values())) {
            map.forEach((key, element) -> elements.put(String.valueOf(key), element));
        }
        return elements;
    }

    private static boolean hasConfiguration(Collection<?> values) {
        return values.stream()
                .anyMatch(value -> value instanceof StoredConfiguration
                        || value instanceof Collection<?> list && hasConfiguration(list)
                        || value instanceof Map<?, ?> map && hasConfiguration(map.values()));
    }
}
