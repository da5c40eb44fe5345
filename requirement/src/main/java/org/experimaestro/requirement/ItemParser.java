package org.experimaestro.requirement;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.experimaestro.base.text.NearName;

/**
 * A reader of one item of a requirement, such as {@code cuda(mem=16G) * 4}. The rules are in docs/requirements.md.
 */
final class ItemParser {
    static final List<String> KEYWORDS =
            List.of("duration", "cuda", "mps", "gpu", "cpu", "heap", "jdk", "exclusive", "feature");

    private static final List<String> ACCELERATORS = List.of("cuda", "mps", "gpu");
    private static final String MEMORY = "mem";
    private static final String CORES = "cores";

    /* The names that other programs use for these keys. */
    private static final Map<String, String> OTHER_KEYS =
            Map.of("memory", MEMORY, "ram", MEMORY, "cpus", CORES, "threads", CORES, "time", "duration", "java", "jdk");
    private static final Map<String, String> OTHER_ITEMS = Map.of(MEMORY, "cpu(mem=4G)", CORES, "cpu(cores=4)");

    private static final String COUNT = "a whole number from 1 to " + Items.MOST_ACCELERATORS;

    private final Scanner in;

    ItemParser(Scanner in) {
        this.in = in;
    }

    /** Reads the item that begins here. */
    Alternative parse() throws SyntaxProblem {
        if (in.isAtDigit()) {
            int count = accelerators();
            in.expect('*', "\"*\"");
            return accelerator(keyword(ACCELERATORS, "cuda, mps or gpu"), count);
        }
        String keyword = keyword(KEYWORDS, "one of " + String.join(", ", KEYWORDS));
        return switch (keyword) {
            case "duration" -> duration();
            case "cpu" -> cpu();
            case "heap" -> heap();
            case "jdk" -> jdk();
            case "feature" -> feature();
            case "exclusive" -> Items.exclusive();
            default -> accelerator(keyword);
        };
    }

    private Alternative duration() throws SyntaxProblem {
        expectEquals();
        int start = in.position();
        var duration = QuantityReader.duration(in);
        return checked(start, () -> Items.duration(duration));
    }

    private Alternative cpu() throws SyntaxProblem {
        Map<String, Long> values = arguments(List.of(MEMORY, CORES));
        int cores = values.getOrDefault(CORES, 1L).intValue();
        return Items.cpu(cores, values.getOrDefault(MEMORY, 0L));
    }

    private Alternative heap() throws SyntaxProblem {
        expectEquals();
        int start = in.position();
        long bytes = QuantityReader.bytes(in);
        return checked(start, () -> Items.heap(bytes));
    }

    private Alternative jdk() throws SyntaxProblem {
        expectEquals();
        int start = in.position();
        int release = QuantityReader.count(in, "a release such as 17");
        return checked(start, () -> Items.jdk(release));
    }

    private Alternative feature() throws SyntaxProblem {
        expectEquals();
        String name = in.name();
        if (name.isEmpty()) {
            throw in.expected("a name of letters, digits, \"_\", \".\" and \"-\"");
        }
        return Items.feature(name);
    }

    private Alternative accelerator(String keyword) throws SyntaxProblem {
        long memory = arguments(List.of(MEMORY)).getOrDefault(MEMORY, 0L);
        int count = in.take('*') ? accelerators() : 1;
        return Items.accelerators(kind(keyword), memory, count);
    }

    private Alternative accelerator(String keyword, int count) throws SyntaxProblem {
        long memory = arguments(List.of(MEMORY)).getOrDefault(MEMORY, 0L);
        return Items.accelerators(kind(keyword), memory, count);
    }

    private static AcceleratorKind kind(String keyword) {
        return AcceleratorKind.valueOf(keyword.toUpperCase(Locale.ROOT));
    }

    private int accelerators() throws SyntaxProblem {
        int start = in.position();
        int count = QuantityReader.count(in, COUNT);
        if (count > Items.MOST_ACCELERATORS) {
            throw new SyntaxProblem(start, "found " + count + ", expected " + COUNT, null);
        }
        return count;
    }

    /** Reads the arguments in parentheses, if there are any: each key at most once, in any order. */
    private Map<String, Long> arguments(List<String> keys) throws SyntaxProblem {
        Map<String, Long> values = new HashMap<>();
        if (!in.take('(') || in.take(')')) {
            return values;
        }
        do {
            int start = in.position();
            String key = keyword(keys, String.join(" or ", keys));
            if (values.containsKey(key)) {
                throw new SyntaxProblem(start, "found " + key + " twice in one item, expected it once", null);
            }
            expectEquals();
            values.put(
                    key,
                    key.equals(MEMORY)
                            ? QuantityReader.bytes(in)
                            : QuantityReader.count(in, "a whole number from 1 to " + Integer.MAX_VALUE));
        } while (in.take(','));
        in.expect(')', values.size() < keys.size() ? "\",\" or \")\"" : "\")\"");
        return values;
    }

    private String keyword(List<String> known, String expected) throws SyntaxProblem {
        int start = in.position();
        String word = in.word();
        if (word.isEmpty()) {
            throw in.expected(expected);
        }
        if (!known.contains(word)) {
            // A keyword in the wrong place is not a misspelled one.
            Optional<String> near = KEYWORDS.contains(word) ? Optional.empty() : meant(word, known);
            throw SyntaxProblem.unknown(start, '"' + word + '"', expected, near);
        }
        return word;
    }

    private static Optional<String> meant(String word, List<String> known) {
        String key = OTHER_KEYS.getOrDefault(word, word);
        if (known.contains(key)) {
            return Optional.of(NearName.question(List.of(key)));
        }
        if (known.contains("cpu") && OTHER_ITEMS.containsKey(key)) {
            return Optional.ofNullable(OTHER_ITEMS.get(key)).map(item -> NearName.question(List.of(item)));
        }
        return NearName.advice(word, known);
    }

    private void expectEquals() throws SyntaxProblem {
        in.expect('=', "\"=\"");
    }

    private static Alternative checked(int start, Supplier<Alternative> item) throws SyntaxProblem {
        try {
            return item.get();
        } catch (IllegalArgumentException refused) {
            throw SyntaxProblem.refused(start, refused);
        }
    }
}
