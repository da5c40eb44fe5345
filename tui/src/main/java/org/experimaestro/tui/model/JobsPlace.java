package org.experimaestro.tui.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.tui.client.ViewQuestion;
import org.experimaestro.tui.keys.KeyScope;
import org.experimaestro.tui.screen.ScreenSize;
import org.experimaestro.tui.wire.WireJobs;
import org.experimaestro.tui.wire.WireRows;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of a run or of the workspace, in groups. The cursor stays on its job, also when the order changes. Only the
 * rows on the screen are asked for.
 */
public final class JobsPlace implements Place {
    /** The lines of the screen that are no rows: title, filter, rules, heads, and two lines at the end. */
    public static final int CHROME = 7;

    private static final int WINDOW = 100;
    private static final int MOST_WINDOWS = 24;

    private static final WireJobs NOTHING =
            new WireJobs("", 0, 0, Map.of(), Map.of(), List.of(), List.of(), List.of(), List.of(), List.of(), "");

    private final Set<String> toggled = new HashSet<>();
    private final Set<String> selected = new LinkedHashSet<>();
    private JobsSelection selection;
    private boolean isAllSelected;
    private int lastSelected = -1;
    private @Nullable WireJobs shown;
    private JobsSelection shownSelection;
    private JobLines lines;
    private int cursor;
    private String cursorGroup = "";
    private int cursorRow = JobLine.GROUP;
    private String cursorJob = "";

    /**
     * Creates the place.
     *
     * @param selection the jobs
     */
    public JobsPlace(JobsSelection selection) {
        this.selection = selection;
        this.shownSelection = selection;
        this.lines = new JobLines(NOTHING, Set.of());
    }

    @Override
    public KeyScope scope() {
        return KeyScope.JOBS;
    }

    /** Returns the choice of jobs. */
    public JobsSelection selection() {
        return selection;
    }

    /** Chooses other jobs. The last good answer is shown until theirs comes. */
    void select(JobsSelection wanted) {
        selection = wanted;
        selected.clear();
        isAllSelected = false;
    }

    /** Returns the question about the groups. */
    public ViewQuestion<WireJobs> question() {
        return Questions.jobs(selection);
    }

    /** Returns the groups that are shown. */
    public Optional<WireJobs> shown() {
        return Optional.ofNullable(shown);
    }

    /** Returns the lines that are shown. */
    public JobLines lines() {
        return lines;
    }

    /** Returns the line of the cursor. */
    public int cursor() {
        return cursor;
    }

    @Override
    public List<ViewQuestion<?>> questions(Answers answers, ScreenSize size) {
        List<ViewQuestion<?>> questions = new ArrayList<>();
        questions.add(question());
        int height = Math.max(1, size.rows() - CHROME);
        int top = Viewport.top(cursor, height, lines.size());
        for (int index = top; index < Math.min(lines.size(), top + height); index++) {
            JobLine line = lines.at(index);
            ViewQuestion<?> rows = line.isGroup() ? null : rows(line);
            if (rows != null && !questions.contains(rows) && questions.size() < MOST_WINDOWS) {
                questions.add(rows);
            }
        }
        return questions;
    }

    private ViewQuestion<WireRows> rows(JobLine line) {
        WireJobs groups = shown;
        JobsSelection asked = groups == null ? shownSelection : shownSelection.by(groups.by());
        return Questions.rows(asked, line.group().key(), line.row() / WINDOW * WINDOW, WINDOW);
    }

    /**
     * Returns the job of a line.
     *
     * @param answers the answers that are known
     * @param line a line that is no group
     * @return its row; empty before it came
     */
    public Optional<WireRows.Row> row(Answers answers, JobLine line) {
        return answers.find(rows(line)).flatMap(window -> {
            int at = line.row() - window.from();
            return at >= 0 && at < window.rows().size()
                    ? Optional.of(window.rows().get(at))
                    : Optional.empty();
        });
    }

    /** Returns the job at the cursor. */
    Optional<WireRows.Row> rowAtCursor(Answers answers) {
        return lines.size() == 0 || lines.at(cursor).isGroup() ? Optional.empty() : row(answers, lines.at(cursor));
    }

    @Override
    public void answered(Answers answers) {
        answers.find(question()).ifPresent(answer -> {
            if (!answer.equals(shown)) {
                shown = answer;
                lines = new JobLines(answer, toggled);
            }
            shownSelection = selection;
        });
        follow(answers);
    }

    /** Puts the cursor on its job again, as far as the rows are known, or else on its line. */
    private void follow(Answers answers) {
        if (lines.size() == 0) {
            cursor = 0;
            return;
        }
        int found = lines.find(cursorGroup, cursorRow).orElse(cursor);
        cursor = Math.clamp(found, 0, lines.size() - 1);
        if (!cursorJob.isEmpty() && !isAt(answers, cursor)) {
            for (int distance = 1; distance <= 2 * WINDOW; distance++) {
                if (isAt(answers, cursor + distance)) {
                    cursor += distance;
                    break;
                }
                if (isAt(answers, cursor - distance)) {
                    cursor -= distance;
                    break;
                }
            }
        }
        remember(answers);
    }

    private boolean isAt(Answers answers, int index) {
        return index >= 0
                && index < lines.size()
                && !lines.at(index).isGroup()
                && row(answers, lines.at(index))
                        .filter(row -> row.job().equals(cursorJob))
                        .isPresent();
    }

    private void remember(Answers answers) {
        JobLine line = lines.at(cursor);
        boolean isSame = line.group().key().equals(cursorGroup) && line.row() == cursorRow;
        cursorGroup = line.group().key();
        cursorRow = line.row();
        // A row that is not known yet may be that of the same job.
        Optional<String> job =
                line.isGroup() ? Optional.of("") : row(answers, line).map(WireRows.Row::job);
        cursorJob = job.orElse(isSame ? cursorJob : "");
    }

    @Override
    public void move(Answers answers, int delta) {
        if (lines.size() > 0) {
            cursor = Math.clamp((long) cursor + delta, 0, lines.size() - 1);
            cursorJob = "";
            remember(answers);
        }
    }

    /** Folds or unfolds the group at the cursor, or that of the row at the cursor. */
    void fold(Answers answers, boolean isWanted) {
        WireJobs answer = shown;
        if (answer == null || lines.size() == 0 || lines.isOpen(cursor) == isWanted) {
            return;
        }
        toggle(answers, answer);
    }

    /** Folds the open group at the cursor, and unfolds the folded one. */
    void toggle(Answers answers) {
        WireJobs answer = shown;
        if (answer != null && lines.size() > 0) {
            toggle(answers, answer);
        }
    }

    private void toggle(Answers answers, WireJobs answer) {
        String key = lines.at(cursor).group().key();
        if (!toggled.remove(key)) {
            toggled.add(key);
        }
        lines = new JobLines(answer, toggled);
        cursor = lines.findGroup(key).orElse(0);
        cursorJob = "";
        remember(answers);
    }

    @Override
    public Optional<Place> open(Answers answers) {
        return rowAtCursor(answers).map(row -> new JobPlace(row.job()));
    }

    @Override
    public Optional<String> run() {
        return selection.run();
    }

    /** Returns the group at the cursor. */
    Optional<WireJobs.Group> group() {
        return lines.size() == 0
                ? Optional.empty()
                : Optional.of(lines.at(cursor).group())
                        .filter(group -> !group.key().isEmpty());
    }

    /** Selects the job at the cursor, or not any more. */
    void toggleSelected(Answers answers) {
        isAllSelected = false;
        rowAtCursor(answers).ifPresent(row -> {
            if (!selected.remove(row.job())) {
                selected.add(row.job());
            }
            lastSelected = cursor;
        });
    }

    /** Selects the jobs from the one that was selected last up to the cursor, as far as they are known. */
    void selectRange(Answers answers) {
        int from = lastSelected < 0 || lastSelected >= lines.size() ? cursor : lastSelected;
        for (int index = Math.min(from, cursor); index <= Math.max(from, cursor); index++) {
            if (!lines.at(index).isGroup()) {
                row(answers, lines.at(index)).ifPresent(row -> selected.add(row.job()));
            }
        }
        lastSelected = cursor;
    }

    /** Selects all jobs that the filter selects, whether they are known or not. */
    void selectAll() {
        selected.clear();
        isAllSelected = true;
    }

    /** Returns whether there was a selection, which is cleared. */
    boolean clearSelected() {
        boolean was = isAllSelected || !selected.isEmpty();
        selected.clear();
        isAllSelected = false;
        return was;
    }

    /**
     * Returns whether a job is selected.
     *
     * @param job its name
     * @return true also if all are
     */
    public boolean isSelected(String job) {
        return isAllSelected || selected.contains(job);
    }

    /** Returns the number of selected jobs. */
    public int selectedTotal() {
        WireJobs answer = shown;
        return isAllSelected ? answer == null ? 0 : answer.selected() : selected.size();
    }

    /** Returns the names of the selected jobs; none if all are selected. */
    List<String> selectedJobs() {
        return List.copyOf(selected);
    }

    @Override
    public Optional<ActionSubject> subject(Answers answers) {
        if (isAllSelected) {
            return Optional.of(ActionSubject.of(selection.run(), selection.filter()));
        }
        if (!selected.isEmpty()) {
            return Optional.of(ActionSubject.of(selectedJobs()));
        }
        return rowAtCursor(answers)
                .map(row -> ActionSubject.of(List.of(row.job())))
                .or(() -> group().map(group -> ActionSubject.of(selection.run(), group.filter())));
    }

    @Override
    public Optional<String> copied(Answers answers) {
        if (!selected.isEmpty()) {
            return Optional.of(String.join("\n", selected));
        }
        return rowAtCursor(answers).map(WireRows.Row::job).or(() -> shown().map(WireJobs::command));
    }
}
