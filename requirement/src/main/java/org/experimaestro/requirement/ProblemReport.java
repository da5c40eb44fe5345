package org.experimaestro.requirement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.experimaestro.base.text.VisibleText;

/** A layout of the problems of a requirement: its lines, and carets under the places at fault. */
final class ProblemReport {
    private static final String INDENT = "  ";
    /**
     * The largest number of problems that are shown. Each has a line as long as the requirement's, so all problems of
     * a text that is not a requirement would fill the memory.
     */
    private static final int MOST_SHOWN = 20;

    private ProblemReport() {}

    /** Returns the problems of one text as an exception; the advice of the last one ends the message. */
    static RequirementSyntaxException of(String text, List<SyntaxProblem> problems) {
        if (text.isBlank()) {
            return new RequirementSyntaxException(
                    "Cannot read the requirement \"\": it is empty",
                    "write for example \"duration=2 days & cuda(mem=16G) * 4\"");
        }
        List<SyntaxProblem> sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparingInt(SyntaxProblem::position));
        List<SyntaxProblem> told = sorted.subList(0, Math.min(sorted.size(), MOST_SHOWN));
        String more = told.size() < sorted.size()
                ? "\n" + INDENT + "and " + (sorted.size() - told.size()) + " more problems"
                : "";
        return new RequirementSyntaxException(
                "Cannot read the requirement:" + lines(text.stripTrailing(), told) + more,
                told.get(told.size() - 1).advice());
    }

    private static String lines(String text, List<SyntaxProblem> sorted) {
        var report = new StringBuilder();
        int shown = 0;
        int lineStart = 0;
        // The text after the last problem is left out.
        while (shown < sorted.size()) {
            int newline = text.indexOf('\n', lineStart);
            int lineEnd = newline < 0 ? text.length() : newline;
            String line = text.substring(lineStart, lineEnd);
            report.append('\n').append(INDENT).append(VisibleText.columns(line.stripTrailing()));
            while (shown < sorted.size() && (newline < 0 || sorted.get(shown).position() <= lineEnd)) {
                SyntaxProblem problem = sorted.get(shown);
                shown++;
                int column = Math.min(problem.position() - lineStart, line.length());
                report.append('\n')
                        .append(INDENT)
                        .append(VisibleText.blank(line, column))
                        .append("^ ")
                        .append(shown < sorted.size() ? problem.sentence() : problem.problem());
            }
            lineStart = lineEnd + 1;
        }
        return report.toString();
    }
}
