package org.experimaestro.settings;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.settings.YamlValue.Entry;
import org.experimaestro.settings.YamlValue.Kind;
import org.experimaestro.settings.YamlValue.Mapping;
import org.experimaestro.settings.YamlValue.Scalar;
import org.experimaestro.settings.YamlValue.Sequence;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

/**
 * A converter from the parser's nodes to values. It refuses duplicate keys, tags of other schemas, and aliases that
 * expand to too many values.
 */
final class NodeReader {
    /*
     * The largest number of values. A file of a few lines can expand to 2^50 values, if each alias repeats a list of
     * two aliases (a "billion laughs").
     */
    private static final long MOST_VALUES = 1_000_000;
    private static final int MOST_DIGITS = 1_000;
    private static final int MOST_EXPONENT_DIGITS = 9;
    private static final CoreScalarResolver RESOLVER = new CoreScalarResolver(false);

    private static final Map<Tag, Kind> KINDS = Map.of(
            Tag.NULL, Kind.NULL,
            Tag.BOOL, Kind.BOOLEAN,
            Tag.INT, Kind.INTEGER,
            Tag.FLOAT, Kind.DECIMAL,
            Tag.STR, Kind.TEXT);

    private final Source source;
    private final Problems problems;
    private final IdentityHashMap<Node, YamlValue> done = new IdentityHashMap<>();
    private final IdentityHashMap<Node, Long> sizes = new IdentityHashMap<>();

    NodeReader(Source source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /** Returns the node's value; empty if it expands to too many values, which is a problem. */
    Optional<YamlValue> read(Node root) {
        return isFinite(root) ? Optional.of(value(root)) : Optional.empty();
    }

    private boolean isFinite(Node root) {
        boolean isFinite = size(root) <= MOST_VALUES;
        if (!isFinite) {
            problems.add(origin(root), "the aliases stand for more than " + MOST_VALUES + " values");
        }
        return isFinite;
    }

    /* Returns the number of values after expanding all aliases; MOST_VALUES + 1 for any larger number. */
    private long size(Node node) {
        Long known = sizes.get(node);
        if (known != null) {
            return known;
        }
        long size = 1;
        for (Node part : parts(node)) {
            size = Math.min(MOST_VALUES + 1, size + size(part));
        }
        sizes.put(node, size);
        return size;
    }

    private static List<Node> parts(Node node) {
        return switch (node) {
            case SequenceNode sequence -> sequence.getValue();
            case MappingNode mapping ->
                mapping.getValue().stream()
                        .flatMap(tuple -> List.of(tuple.getKeyNode(), tuple.getValueNode()).stream())
                        .toList();
            default -> List.of();
        };
    }

    private YamlValue value(Node node) {
        YamlValue known = done.get(node);
        if (known != null) {
            return known;
        }
        YamlValue value = switch (node) {
            case ScalarNode scalar -> scalar(scalar);
            case SequenceNode sequence -> sequence(sequence);
            case MappingNode mapping -> mapping(mapping);
            default -> throw new IllegalStateException("a node that is not composed: " + node);
        };
        done.put(node, value);
        return value;
    }

    private Scalar scalar(ScalarNode node) {
        Tag tag = node.getTag();
        Kind kind = KINDS.get(tag);
        if (kind == null) {
            problems.add(origin(node), "the tag " + shown(tag) + " is not known", "remove it");
            kind = Kind.TEXT;
        } else if (kind != Kind.TEXT && !fits(node.getValue(), kind)) {
            // Only an explicit tag, such as "!!int ten", can contradict its text.
            problems.add(origin(node), Texts.quote(node.getValue()) + " is no " + shown(tag), "remove the tag");
            kind = Kind.TEXT;
        }
        if ((kind == Kind.INTEGER || kind == Kind.DECIMAL) && isAbsurd(node.getValue())) {
            problems.add(
                    origin(node),
                    "a number of %d characters: more than %d, or more than %d in its exponent, are not read"
                            .formatted(node.getValue().length(), MOST_DIGITS, MOST_EXPONENT_DIGITS),
                    "put it in quotes if it is a text");
            kind = Kind.TEXT;
        }
        boolean isOpen = node.getScalarStyle() == ScalarStyle.PLAIN && Interpolation.hasPlace(node.getValue());
        return new Scalar(kind, node.getValue(), origin(node), isOpen);
    }

    /** Returns the kind of a text without quotes and tags. */
    static Kind kindOf(String text) {
        Kind kind = KINDS.getOrDefault(RESOLVER.resolve(text, true), Kind.TEXT);
        return (kind == Kind.INTEGER || kind == Kind.DECIMAL) && isAbsurd(text) ? Kind.TEXT : kind;
    }

    /**
     * Returns whether a number is too long to convert: the time grows with the square of its digits, and with its
     * exponent.
     */
    private static boolean isAbsurd(String number) {
        int exponent = number.startsWith("0x") ? -1 : Math.max(number.indexOf('e'), number.indexOf('E'));
        return number.length() > MOST_DIGITS || exponent >= 0 && number.length() - exponent > 2 + MOST_EXPONENT_DIGITS;
    }

    private boolean fits(String text, Kind kind) {
        Kind plain = KINDS.getOrDefault(RESOLVER.resolve(text, true), Kind.TEXT);
        return plain == kind || (kind == Kind.DECIMAL && plain == Kind.INTEGER && text.matches("[-+]?[0-9]+"));
    }

    private Sequence sequence(SequenceNode node) {
        refuseTag(node, Tag.SEQ);
        return new Sequence(node.getValue().stream().map(this::value).toList(), origin(node));
    }

    private Mapping mapping(MappingNode node) {
        refuseTag(node, Tag.MAP);
        var entries = new LinkedHashMap<String, Entry>();
        for (NodeTuple tuple : node.getValue()) {
            entry(tuple).ifPresent(entry -> add(entries, entry));
        }
        return new Mapping(entries, origin(node));
    }

    private Optional<Entry> entry(NodeTuple tuple) {
        if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
            problems.add(origin(tuple.getKeyNode()), "a list or a map cannot be a key");
            return Optional.empty();
        }
        Scalar key = scalar(keyNode);
        if (key.kind() == Kind.NULL) {
            problems.add(key.origin(), "a key is missing before \":\"");
            return Optional.empty();
        }
        YamlValue value = value(tuple.getValueNode());
        boolean isText = value instanceof Scalar scalar && scalar.kind() != Kind.NULL;
        return Optional.of(new Entry(key, isText ? value : value.at(key.origin())));
    }

    private void add(Map<String, Entry> entries, Entry entry) {
        Entry first = entries.putIfAbsent(entry.key().text(), entry);
        if (first != null) {
            problems.add(
                    entry.key().origin(),
                    "duplicate key " + Texts.quote(entry.key().text()),
                    "it was given before at " + first.key().origin().place());
        }
    }

    private void refuseTag(Node node, Tag expected) {
        if (!node.getTag().equals(expected)) {
            problems.add(origin(node), "the tag " + shown(node.getTag()) + " is not known here", "remove it");
        }
    }

    private static String shown(Tag tag) {
        return tag.getValue().replace(Tag.PREFIX, "!!");
    }

    private Origin origin(Node node) {
        return node.getStartMark()
                .map(mark -> new Origin(source, mark.getLine() + 1, mark.getColumn()))
                .orElse(source.whole());
    }
}
