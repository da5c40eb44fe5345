package org.experimaestro.tui.model;

import java.util.List;
import java.util.Optional;
import org.experimaestro.tui.client.ViewQuestion;
import org.experimaestro.tui.keys.KeyScope;
import org.experimaestro.tui.screen.ScreenSize;
import org.experimaestro.tui.wire.WireTable;

/** The table of the metrics, as it would be printed. */
public final class TablePlace implements Place {
    private final Optional<String> run;
    private final String filter;
    private int line;
    private int column;

    /**
     * Creates the place.
     *
     * @param run the run; empty for the workspace
     * @param filter the filter of its jobs
     */
    public TablePlace(Optional<String> run, String filter) {
        this.run = run;
        this.filter = filter;
    }

    @Override
    public KeyScope scope() {
        return KeyScope.TABLE;
    }

    /** Returns the question. */
    public ViewQuestion<WireTable> question() {
        return Questions.table(run, filter);
    }

    @Override
    public List<ViewQuestion<?>> questions(Answers answers, ScreenSize size) {
        return List.of(question());
    }

    @Override
    public void move(Answers answers, int delta) {
        int last =
                answers.find(question()).map(table -> table.lines().size() - 1).orElse(0);
        line = Math.clamp((long) line + delta, 0, Math.max(0, last));
    }

    /** Moves to another column. */
    void moveAcross(Answers answers, int delta) {
        int last = answers.find(question())
                .map(table -> table.columns().size() - 1)
                .orElse(0);
        column = Math.clamp(column + delta, 0, Math.max(0, last));
    }

    @Override
    public Optional<Place> open(Answers answers) {
        return answers.find(question())
                .filter(table -> line < table.lines().size()
                        && column < table.lines().get(line).cells().size())
                .map(table -> new JobsPlace(JobsSelection.of(
                        run, table.lines().get(line).cells().get(column).filter())));
    }

    /** Returns the line of the cursor. */
    public int line() {
        return line;
    }

    /** Returns the column of the cursor. */
    public int column() {
        return column;
    }

    @Override
    public Optional<String> run() {
        return run;
    }

    @Override
    public Optional<String> copied(Answers answers) {
        return answers.find(question()).map(WireTable::command);
    }
}
