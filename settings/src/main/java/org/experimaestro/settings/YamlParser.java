package org.experimaestro.settings;

import java.util.Iterator;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** A parser of YAML 1.2 (core schema, with {@code <<} merge keys), whose values have their places. */
final class YamlParser {
    /*
     * The largest number of aliases of lists and maps; NodeReader limits the number of values that they expand to.
     */
    private static final int MOST_ALIASES = 1_000;

    private final Source source;
    private final Problems problems;

    private YamlParser(Source source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /**
     * Parses a text.
     *
     * @param text one YAML document
     * @param source the source of the text
     * @param problems receives the problems of the text
     * @return the value, {@code null} of YAML for a text without any; empty if the text is not YAML
     */
    static Optional<YamlValue> parse(String text, Source source, Problems problems) {
        return new YamlParser(source, problems).parse(text);
    }

    private Optional<YamlValue> parse(String text) {
        try {
            if (isEndless(text)) {
                return Optional.empty();
            }
            Optional<Node> root = new Compose(settings()).composeString(text);
            return root.isPresent()
                    ? new NodeReader(source, problems).read(root.get())
                    : Optional.of(new YamlValue.Scalar(YamlValue.Kind.NULL, "", source.whole()));
        } catch (MarkedYamlEngineException exception) {
            problems.add(placeOf(exception), "not valid YAML: " + SyntaxWords.explain(exception));
        } catch (ReaderException exception) {
            problems.add(
                    new Origin(source, lineOf(text, exception.getPosition()), 0),
                    "not valid YAML: a control character (code %d) is not allowed".formatted(exception.getCodePoint()));
        } catch (YamlEngineException | IllegalArgumentException exception) {
            // The second exception is for tags that no YAML can have.
            problems.add(source.whole(), "not valid YAML: " + exception.getMessage());
        }
        return Optional.empty();
    }

    private LoadSettings settings() {
        return LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setLabel(source.label())
                .setAllowDuplicateKeys(false)
                // NodeReader refuses such keys, because it has their places.
                .setAllowNonScalarKeys(true)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .build();
    }

    /*
     * Returns whether the library could not compose the text. It composes nested values by recursion, so a few
     * kilobytes of "[[[[" would exhaust the stack. It never ends if a map merges itself, as in "a: &a {<<: *a}".
     */
    private boolean isEndless(String text) {
        var nesting = new Nesting();
        Iterator<Event> events = new Parse(settings()).parseString(text).iterator();
        while (events.hasNext()) {
            Event event = events.next();
            Optional<String> problem = nesting.problem(event);
            if (problem.isPresent()) {
                problems.add(origin(event.getStartMark()), problem.get());
                return true;
            }
        }
        return false;
    }

    private Origin placeOf(MarkedYamlEngineException exception) {
        // An unclosed bracket is reported where it begins, not at the end of the file where the parser notices it.
        return SyntaxWords.isLeftOpen(exception) && exception.getContextMark().isPresent()
                ? origin(exception.getContextMark())
                : origin(exception.getProblemMark());
    }

    private Origin origin(Optional<Mark> mark) {
        return mark.map(found -> new Origin(source, found.getLine() + 1, found.getColumn()))
                .orElse(source.whole());
    }

    private static int lineOf(String text, int position) {
        long breaks = text.codePoints()
                .limit(position)
                .filter(letter -> letter == '\n')
                .count();
        return (int) breaks + 1;
    }
}
