package org.experimaestro.settings;

import java.util.List;
import java.util.Optional;
import org.experimaestro.base.text.VisibleText;
import org.experimaestro.settings.YamlValue.Entry;
import org.experimaestro.settings.YamlValue.Kind;
import org.experimaestro.settings.YamlValue.Mapping;
import org.experimaestro.settings.YamlValue.Scalar;
import org.experimaestro.settings.YamlValue.Sequence;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.comments.CommentLine;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * A printer of values as YAML that reads back as the same values, with numbers as they were written. A comment at the
 * end of the line gives the place of each value that does not come from the main source.
 */
final class YamlPrinter {
    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setSchema(new CoreSchema())
            .setDumpComments(true)
            .setIndent(2)
            .setWidth(Integer.MAX_VALUE)
            .setSplitLines(false)
            .build();

    private final Source main;

    private YamlPrinter(Source main) {
        this.main = main;
    }

    static String print(Mapping map, Source main) {
        if (map.entries().isEmpty()) {
            return "{}\n";
        }
        Node root = new YamlPrinter(main).mapping(map);
        return new Present(SETTINGS)
                .emitToString(new Serialize(SETTINGS).serializeOne(root).iterator());
    }

    private Node node(YamlValue value) {
        return switch (value) {
            case Scalar scalar ->
                scalar(new Scalar(scalar.kind(), Interpolation.escape(scalar.text()), scalar.origin()));
            case Sequence list -> sequence(list);
            case Mapping map -> mapping(map);
        };
    }

    private MappingNode mapping(Mapping map) {
        List<NodeTuple> tuples = map.entries().values().stream()
                .map(entry -> new NodeTuple(scalar(entry.key()), commented(entry)))
                .toList();
        return new MappingNode(Tag.MAP, tuples, tuples.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
    }

    private SequenceNode sequence(Sequence list) {
        boolean isFlat = list.items().stream().allMatch(Scalar.class::isInstance);
        return new SequenceNode(
                Tag.SEQ, list.items().stream().map(this::node).toList(), isFlat ? FlowStyle.FLOW : FlowStyle.BLOCK);
    }

    /* A block has no line of its own for the comment, so its values have it. */
    private Node commented(Entry entry) {
        Node node = node(entry.value());
        boolean isBlock = node instanceof CollectionNode<?> collection && collection.getFlowStyle() == FlowStyle.BLOCK;
        Origin origin = entry.value().origin();
        if (!isBlock && !origin.source().equals(main)) {
            node.setInLineComments(List.of(new CommentLine(
                    Optional.empty(), Optional.empty(), " " + VisibleText.of(origin.place()), CommentType.IN_LINE)));
        }
        return node;
    }

    private static ScalarNode scalar(Scalar scalar) {
        Tag tag = switch (scalar.kind()) {
            case NULL -> Tag.NULL;
            case BOOLEAN -> Tag.BOOL;
            case INTEGER -> Tag.INT;
            case DECIMAL -> Tag.FLOAT;
            case TEXT -> Tag.STR;
        };
        String text = scalar.kind() == Kind.NULL ? "null" : scalar.text();
        // Line breaks are written as \n, so that a value has one line, with room for its comment at the end. Invisible
        // characters have room for their escapes.
        boolean isPlain = VisibleText.of(text).equals(text);
        return new ScalarNode(tag, text, isPlain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
    }
}
