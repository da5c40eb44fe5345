package org.experimaestro.tui.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.tui.client.ViewQuestion;
import org.experimaestro.tui.screen.ScreenSize;
import org.experimaestro.tui.wire.WireRun;
import org.experimaestro.tui.wire.WireWorkspace;
import org.jspecify.annotations.Nullable;

/** The state of the view. Only {@link Update} changes it. Confined to the view's thread. */
public final class Model {
    private static final Duration NOTICE = Duration.ofSeconds(10);

    private final Answers answers = new Answers();
    private final Deque<Place> places = new ArrayDeque<>();
    private final Optional<String> sshHost;
    private final boolean isPartOfRun;
    private ScreenSize size;
    private Instant now;
    private @Nullable Instant read;
    private @Nullable Overlay overlay;
    private @Nullable Notice notice;
    private @Nullable String lost;
    private final Set<String> awaited = new LinkedHashSet<>();
    private Map<String, Object> undo = Map.of();
    private String begun = "";
    private String lastJob = "";
    private String lastRun = "";
    private boolean isPaused;
    private boolean hasMouse;
    private Map<Integer, Integer> ways = Map.of();
    private boolean isOver;

    /**
     * Creates the state at the begin.
     *
     * @param size the size of the screen
     * @param now the time
     * @param first the place that is shown first
     * @param sshHost the name of the workspace's host for ssh; empty for this machine
     * @param isPartOfRun whether the process of the view runs a plan
     */
    public Model(ScreenSize size, Instant now, Place first, Optional<String> sshHost, boolean isPartOfRun) {
        this.size = size;
        this.now = now;
        this.sshHost = sshHost;
        this.isPartOfRun = isPartOfRun;
        go(first);
    }

    /** Returns the name of the workspace's host for ssh; empty for this machine. */
    public Optional<String> sshHost() {
        return sshHost;
    }

    /** Returns the screen that is shown. */
    public Place place() {
        return places.getFirst();
    }

    /** Returns the screen below, which is shown after {@code u}. */
    Optional<Place> below() {
        return places.stream().skip(1).findFirst();
    }

    void go(Place place) {
        places.push(place);
        place.run().ifPresent(run -> lastRun = run);
        if (place instanceof JobPlace job) {
            lastJob = job.name();
        }
    }

    /** Shows a place instead of the one that is shown. */
    void replace(Place place) {
        places.pop();
        go(place);
    }

    void back() {
        if (places.size() > 1) {
            places.pop();
        } else if (places.getFirst() instanceof RunsPlace runs
                && runs.experiment().isEmpty()) {
            notice("This is the first screen. q leaves.", false);
        } else {
            replace(new RunsPlace(Optional.empty()));
        }
    }

    /** Returns the answers that are known. */
    public Answers answers() {
        return answers;
    }

    /** Returns the questions whose answers are shown, which are none while the view is paused, and about actions that wait. */
    public List<ViewQuestion<?>> questions() {
        List<ViewQuestion<?>> questions = new ArrayList<>();
        if (!isPaused) {
            questions.addAll(place().questions(answers, size));
            if (place() instanceof JobsPlace && !lastRun.isEmpty()
                    || place() instanceof JobPlace && !lastRun.isEmpty()) {
                questions.add(Questions.run(lastRun)); // the title has its name, and the end its numbers
            }
        }
        if (!awaited.isEmpty()) {
            questions.add(Questions.NOTED);
        }
        return questions;
    }

    /** Begins to take clicks, or no more. Returns whether they are taken now. */
    boolean switchMouse() {
        hasMouse = !hasMouse;
        return hasMouse;
    }

    /**
     * Takes note of what the user sees, and means by a click.
     *
     * @param shown the number of things over which the cursor gets to a line, by the rows of the lines
     */
    public void drawn(Map<Integer, Integer> shown) {
        ways = shown;
    }

    /** Returns the number of things over which the cursor gets to a line; empty if it cannot stand there. */
    Optional<Integer> wayTo(int row) {
        return Optional.ofNullable(ways.get(row));
    }

    /** Returns the size of the screen. */
    public ScreenSize size() {
        return size;
    }

    void resize(ScreenSize changed) {
        size = changed;
    }

    /** Returns the time. */
    public Instant now() {
        return now;
    }

    /** Returns the time at which the files were last read; empty before. */
    public Optional<Instant> read() {
        return Optional.ofNullable(read);
    }

    void beat(Instant at, Instant time) {
        read = at;
        now = time;
        lost = null;
        Notice shown = notice;
        if (shown != null && shown.until().isBefore(time)) {
            notice = null;
        }
    }

    /** Takes note that no answers come. What ssh forwarded may have ended with their connection. */
    void lose(String reason) {
        lost = reason;
        for (Place place : places) {
            if (place instanceof BesidePlace beside) {
                beside.forgetAddresses();
            }
        }
    }

    /** Returns why no answers come; empty while they come. */
    public Optional<String> lost() {
        return Optional.ofNullable(lost);
    }

    /** Returns what is above the screen. */
    public Optional<Overlay> overlay() {
        return Optional.ofNullable(overlay);
    }

    void show(@Nullable Overlay shown) {
        overlay = shown;
    }

    /** Returns what has happened. */
    public Optional<Notice> notice() {
        return Optional.ofNullable(notice);
    }

    void notice(String text, boolean isProblem) {
        notice = new Notice(text, isProblem, now.plus(NOTICE));
    }

    void clearNotice() {
        notice = null;
    }

    /** Returns the question that undoes the last action; empty if nothing can be undone. */
    Map<String, Object> undo() {
        return undo;
    }

    void undo(Map<String, Object> question) {
        undo = question;
    }

    /** Returns the names of the actions of this view that wait, until it is known what became of them. */
    Set<String> awaited() {
        return awaited;
    }

    /** Returns the key that has begun a sequence; empty without one. */
    public String begun() {
        return begun;
    }

    void begin(String key) {
        begun = key;
    }

    /** Returns the run that was shown last, {@code EXPERIMENT/RUN}; empty if none was. */
    public String lastRun() {
        return lastRun;
    }

    /** Returns whether new answers are left out. */
    public boolean isPaused() {
        return isPaused;
    }

    void pause(boolean is) {
        isPaused = is;
    }

    /** Returns whether the view is left. */
    public boolean isOver() {
        return isOver;
    }

    void leave() {
        isOver = true;
    }

    /**
     * Returns what stays on the user's screen after the view.
     *
     * @return the number of jobs that go on, and how to read a log
     */
    public String summary() {
        int active = active();
        String ssh = sshHost.map(host -> "ssh " + host + " ").orElse("");
        String log = lastJob.isEmpty() ? "" : " Log: " + ssh + "experimaestro jobs log " + shortName();
        if (isPartOfRun) {
            return "The run goes on." + log;
        }
        return switch (active) {
            case 0 -> "No job runs." + log;
            case 1 -> "1 job goes on." + log;
            default -> active + " jobs go on." + log;
        };
    }

    private String shortName() {
        int slash = lastJob.indexOf('/');
        return lastJob.substring(slash + 1, Math.min(lastJob.length(), slash + 9));
    }

    private int active() {
        Optional<WireRun> run = lastRun.isEmpty() ? Optional.empty() : answers.find(Questions.run(lastRun));
        return run.map(answer -> active(answer.run().counts()))
                .or(() -> answers.find(Questions.WORKSPACE).map(Model::active))
                .orElse(0);
    }

    private static int active(WireWorkspace workspace) {
        return workspace.experiments().stream()
                .mapToInt(experiment -> active(experiment.latest().counts()))
                .sum();
    }

    private static int active(Map<String, Integer> counts) {
        return counts.getOrDefault("running", 0)
                + counts.getOrDefault("starting", 0)
                + counts.getOrDefault("queued", 0);
    }
}
