package org.experimaestro.requirement;

import java.util.ArrayList;
import java.util.List;

/**
 * A parser of the language of requirements, by recursive descent; docs/requirements.md has the grammar. After a
 * problem it continues at the next {@code &} or {@code |}, so that all problems are reported at once. Each instance
 * reads one text.
 */
public final class RequirementParser {
    private final Scanner in;
    private final ItemParser items;
    private final List<SyntaxProblem> problems = new ArrayList<>();
    private int opened;

    private RequirementParser(String text) {
        in = new Scanner(text);
        items = new ItemParser(in);
    }

    /**
     * Reads a requirement.
     *
     * @param text the alternatives
     * @return at least one alternative, in the order of the text
     * @throws RequirementSyntaxException if the text is not a requirement; the message has all problems with their
     *     places in the text
     */
    public static List<Alternative> parse(String text) {
        var parser = new RequirementParser(text);
        List<Alternative> alternatives = parser.alternatives();
        if (!parser.problems.isEmpty()) {
            throw ProblemReport.of(text, parser.problems);
        }
        return alternatives;
    }

    private List<Alternative> alternatives() {
        List<Alternative> alternatives = new ArrayList<>();
        do {
            alternatives.add(alternative());
        } while (in.take('|'));
        return alternatives;
    }

    private Alternative alternative() {
        int problemsBefore = problems.size();
        int heapStart = in.position();
        Alternative all = Alternative.NOTHING;
        boolean isMore = true;
        while (isMore) {
            int start = in.position();
            try {
                skipOpening();
                start = in.position();
                Alternative item = items.parse();
                heapStart = item.heap().isPresent() ? start : heapStart;
                all = Combination.of(all, item);
                skipClosing();
                isMore = isMore();
            } catch (SyntaxProblem problem) {
                problems.add(problem);
                in.skipItem();
                isMore = in.take('&');
            } catch (IllegalArgumentException contradiction) {
                problems.add(SyntaxProblem.refused(start, contradiction));
                in.skipItem();
                isMore = in.take('&');
            }
        }
        if (problems.size() == problemsBefore) {
            checkHeap(all, heapStart);
        }
        return all;
    }

    private boolean isMore() throws SyntaxProblem {
        if (in.take('&')) {
            return true;
        }
        if (!in.isAtEnd() && !in.isAt('|')) {
            throw in.isAt('*')
                    ? in.expected("\"&\" or \"|\"", "only cuda, mps and gpu can be multiplied, and only once")
                    : in.expected("\"&\" or \"|\"");
        }
        return false;
    }

    private void skipOpening() {
        if (in.isAt('(')) {
            problems.add(in.expected(
                    "an item",
                    "leave out the parentheses: \"&\" binds stronger than \"|\", and nothing else is grouped"));
            while (in.take('(')) {
                opened++;
            }
        }
    }

    private void skipClosing() {
        while (opened > 0 && in.take(')')) {
            opened--;
        }
    }

    private void checkHeap(Alternative alternative, int heapStart) {
        try {
            Combination.checkHeap(alternative);
        } catch (IllegalArgumentException tooLarge) {
            problems.add(SyntaxProblem.refused(heapStart, tooLarge));
        }
    }
}
