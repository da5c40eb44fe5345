package org.experimaestro.tui.model;

import java.util.List;
import java.util.Optional;
import org.experimaestro.tui.client.ViewQuestion;
import org.experimaestro.tui.keys.KeyScope;
import org.experimaestro.tui.screen.ScreenSize;
import org.experimaestro.tui.wire.WireRunLine;
import org.experimaestro.tui.wire.WireWorkspace;

/** The experiments with their latest runs, or the runs of one experiment. */
public final class RunsPlace implements Place {
    private final Optional<String> experiment;
    private final ListCursor cursor = new ListCursor();

    /**
     * Creates the place.
     *
     * @param experiment the experiment whose runs are shown; empty for all experiments
     */
    public RunsPlace(Optional<String> experiment) {
        this.experiment = experiment;
    }

    /** Returns the experiment whose runs are shown. */
    public Optional<String> experiment() {
        return experiment;
    }

    @Override
    public KeyScope scope() {
        return KeyScope.RUNS;
    }

    @Override
    public List<ViewQuestion<?>> questions(Answers answers, ScreenSize size) {
        return experiment.isPresent()
                ? List.of(Questions.WORKSPACE, Questions.experiment(experiment.get()))
                : List.of(Questions.WORKSPACE);
    }

    /**
     * Returns the lines.
     *
     * @param answers the answers that are known
     * @return the runs; empty before the answer came
     */
    public Optional<List<WireRunLine>> lines(Answers answers) {
        return experiment.isPresent()
                ? answers.find(Questions.experiment(experiment.get())).map(answer -> answer.runs())
                : answers.find(Questions.WORKSPACE)
                        .map(answer -> answer.experiments().stream()
                                .map(WireWorkspace.Experiment::latest)
                                .toList());
    }

    private List<String> ids(Answers answers) {
        return lines(answers).orElse(List.of()).stream()
                .map(line -> experiment.isPresent() ? line.run() : line.experiment())
                .toList();
    }

    /**
     * Returns the line of the cursor.
     *
     * @param answers the answers that are known
     * @return its index
     */
    public int cursor(Answers answers) {
        return cursor.in(ids(answers));
    }

    @Override
    public void move(Answers answers, int delta) {
        cursor.move(ids(answers), delta);
    }

    private Optional<WireRunLine> line(Answers answers) {
        List<WireRunLine> lines = lines(answers).orElse(List.of());
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines.get(cursor(answers)));
    }

    @Override
    public Optional<Place> open(Answers answers) {
        return line(answers).map(line -> new RunPlace(line.name()));
    }

    /** Returns the runs of the experiment at the cursor. */
    Optional<Place> unfold(Answers answers) {
        return experiment.isPresent()
                ? open(answers)
                : line(answers).map(line -> new RunsPlace(Optional.of(line.experiment())));
    }

    @Override
    public Optional<String> run() {
        return Optional.empty();
    }

    @Override
    public Optional<String> copied(Answers answers) {
        return line(answers).map(WireRunLine::name);
    }
}
