package org.experimaestro.tui.model;

import java.util.List;
import java.util.Optional;
import org.experimaestro.tui.client.ViewQuestion;
import org.experimaestro.tui.keys.KeyScope;
import org.experimaestro.tui.screen.ScreenSize;
import org.experimaestro.tui.wire.WireComparison;

/** The comparison of jobs. */
public final class ComparePlace implements Place {
    private final List<String> jobs;
    private int top;

    /**
     * Creates the place.
     *
     * @param jobs the names of the jobs, the base first
     */
    public ComparePlace(List<String> jobs) {
        this.jobs = List.copyOf(jobs);
    }

    @Override
    public KeyScope scope() {
        return KeyScope.COMPARE;
    }

    /** Returns the question. */
    public ViewQuestion<WireComparison> question() {
        return Questions.comparison(jobs);
    }

    @Override
    public List<ViewQuestion<?>> questions(Answers answers, ScreenSize size) {
        return List.of(question());
    }

    @Override
    public void move(Answers answers, int delta) {
        int lines = answers.find(question())
                .map(answer -> answer.sections().stream()
                        .mapToInt(section -> section.rows().size() + 1)
                        .sum())
                .orElse(0);
        top = Math.clamp((long) top + delta, 0, lines);
    }

    /** Returns the first line that is shown. */
    public int top() {
        return top;
    }

    @Override
    public Optional<String> run() {
        return Optional.empty();
    }

    @Override
    public Optional<ActionSubject> subject(Answers answers) {
        return Optional.of(ActionSubject.of(jobs));
    }

    @Override
    public Optional<String> copied(Answers answers) {
        return Optional.of("experimaestro jobs diff " + String.join(" ", jobs));
    }
}
