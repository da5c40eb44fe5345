package org.experimaestro.tui.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.tui.client.ViewQuestion;
import org.experimaestro.tui.wire.WireProblem;

/** The latest answers, those that were not wanted for longest forgotten first. Confined to the view's thread. */
public final class Answers {
    private static final int MOST = 96;

    private final Map<String, Record> known = new LinkedHashMap<>();
    private final Map<String, WireProblem> problems = new LinkedHashMap<>();

    void put(ViewQuestion<?> question, Record answer) {
        problems.remove(question.path());
        known.remove(question.path());
        known.put(question.path(), answer);
        if (known.size() > MOST) {
            known.remove(known.keySet().iterator().next());
        }
    }

    void refuse(ViewQuestion<?> question, WireProblem problem) {
        problems.put(question.path(), problem);
        if (problems.size() > MOST) {
            problems.remove(problems.keySet().iterator().next());
        }
    }

    /**
     * Returns an answer.
     *
     * @param <T> its type
     * @param question the question
     * @return the last answer; empty before it came
     */
    public <T extends Record> Optional<T> find(ViewQuestion<T> question) {
        return Optional.ofNullable(known.get(question.path())).map(question.type()::cast);
    }

    /**
     * Returns why a question is not answered.
     *
     * @param question the question
     * @return the problem; empty if it is answered, or nothing came yet
     */
    public Optional<WireProblem> findProblem(ViewQuestion<?> question) {
        return Optional.ofNullable(problems.get(question.path()));
    }
}
