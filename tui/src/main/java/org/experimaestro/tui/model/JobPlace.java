package org.experimaestro.tui.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.experimaestro.tui.client.ViewQuestion;
import org.experimaestro.tui.keys.KeyScope;
import org.experimaestro.tui.screen.ScreenSize;
import org.experimaestro.tui.wire.WireFound;
import org.experimaestro.tui.wire.WireJob;
import org.experimaestro.tui.wire.WireLog;
import org.jspecify.annotations.Nullable;

/** A job: its facts, and its log, which follows the end until one moves up. */
public final class JobPlace implements Place {
    /** The lines that are shown above a match. */
    private static final int ABOVE_MATCH = 4;

    /** The next part is asked for when so many lines are left. */
    private static final int NEAR_EDGE = 200;

    private static final long NEXT_PART = 128 * 1024L;

    private final String name;
    private final LogText log = new LogText();
    private String stream = "";
    private int attempt;
    private int top;
    private boolean isFollowing = true;
    private boolean isWrapped;
    private boolean isReading;
    private boolean isDetailed;
    private int detail;
    private int generation;
    private long wanted = -1;
    private @Nullable LogFinds finds;

    /**
     * Creates the place.
     *
     * @param name the name of the job
     */
    public JobPlace(String name) {
        this.name = name;
    }

    @Override
    public KeyScope scope() {
        return KeyScope.JOB;
    }

    /** Returns the name of the job. */
    public String name() {
        return name;
    }

    /** Returns the question about the job. */
    public ViewQuestion<WireJob> question() {
        return Questions.job(name);
    }

    @Override
    public List<ViewQuestion<?>> questions(Answers answers, ScreenSize size) {
        return List.of(question());
    }

    @Override
    public void answered(Answers answers) {
        answers.find(question()).ifPresent(job -> {
            if (stream.isEmpty()) {
                // The reason of a failure is among the errors.
                stream = job.job().state().equals("failed") ? "err" : "out";
            }
        });
    }

    /** Returns what of the log has to be read now; empty if that is nothing, or goes on already. */
    Optional<Effect> reading() {
        if (stream.isEmpty() || isReading) {
            return Optional.empty();
        }
        if (wanted >= 0) {
            return read(Part.ALL, Math.max(0, wanted - NEXT_PART), Questions.LOG_BYTES);
        }
        if (!log.isRead()) {
            return read(Part.ALL, -1, Questions.LOG_BYTES);
        }
        if (!isFollowing && top < NEAR_EDGE && log.from() > 0) {
            return read(Part.BEFORE, Math.max(0, log.from() - NEXT_PART), Questions.LOG_BYTES);
        }
        boolean isNearEnd = isFollowing || top > log.lines().size() - NEAR_EDGE;
        return isNearEnd && !log.isAtEnd() ? next() : Optional.empty();
    }

    /** Returns the question whether a growing log has grown. */
    Optional<Effect> growing() {
        return isReading || !log.isRead() || !log.isGrowing() && log.isAtEnd() ? Optional.empty() : next();
    }

    private Optional<Effect> next() {
        return log.none().isEmpty()
                ? read(Part.BEHIND, log.to(), Questions.LOG_BYTES)
                : read(Part.ALL, -1, Questions.LOG_BYTES);
    }

    private Optional<Effect> read(Part part, long from, int count) {
        isReading = true;
        return Optional.of(
                new Effect.ReadLog(name, generation, part, Questions.log(name, stream, attempt, from, count)));
    }

    /** The place of a part of a log. */
    public enum Part {
        /** In place of what was read. */
        ALL,
        /** Before it. */
        BEFORE,
        /** Behind it. */
        BEHIND
    }

    /** Takes a part of the log; one of a stream that is no longer shown is dropped. */
    void read(int of, Part part, WireLog answer) {
        if (of != generation) {
            return;
        }
        isReading = false;
        switch (part) {
            case ALL -> {
                log.replace(answer);
                top = Math.max(0, log.lines().size() - 1);
            }
            case BEFORE -> top += log.prepend(answer);
            case BEHIND -> {
                long before = log.from();
                int lines = log.lines().size();
                log.append(answer);
                top = log.from() == before
                        ? top
                        : Math.max(0, top - (lines - log.lines().size()));
            }
        }
        if (wanted >= 0) {
            goTo(wanted);
        }
    }

    /** Takes the end of a reading that failed. */
    void notRead(int of) {
        isReading = of != generation && isReading;
        wanted = -1;
    }

    private void goTo(long at) {
        isFollowing = false;
        if (log.has(at)) {
            wanted = -1;
            top = Math.max(0, log.lineAt(at) - ABOVE_MATCH);
        } else {
            wanted = wanted == at ? -1 : at; // a log that has become shorter does not have it
        }
    }

    @Override
    public void move(Answers answers, int delta) {
        if (isDetailed) {
            detail = Math.clamp((long) detail + delta, 0, Integer.MAX_VALUE / 2);
            return;
        }
        int last = Math.max(0, log.lines().size() - 1);
        if (delta > 0 && (long) top + delta > last) {
            isFollowing = log.isAtEnd();
            top = last;
        } else {
            isFollowing = false;
            top = Math.clamp((long) top + delta, 0, last);
        }
    }

    /** Moves up from the end of the log by what the screen shows. */
    void leaveEnd(int height) {
        if (isFollowing && !isDetailed) {
            isFollowing = false;
            top = Math.max(0, log.lines().size() - height);
        }
    }

    /** Goes to the beginning of the whole log. */
    void goToBeginning() {
        if (isDetailed) {
            detail = 0;
        } else if (log.from() > 0) {
            wanted = 0;
            isFollowing = false;
        } else {
            isFollowing = false;
            top = 0;
        }
    }

    /** Goes to the end, and follows it from now on. */
    void follow() {
        isDetailed = false;
        isFollowing = true;
        if (!log.isAtEnd()) {
            restart();
        }
    }

    private void restart() {
        generation++;
        isReading = false;
        wanted = -1;
        log.replace(new WireLog(
                0, stream, 0, 0, 0, OptionalLong.empty(), OptionalLong.empty(), "", true, Optional.of("Reading")));
        isFollowing = true;
    }

    /** Shows the other stream. */
    void switchStream() {
        stream = stream.equals("err") ? "out" : "err";
        finds = null;
        restart();
    }

    /** Shows the attempt before, and the last one after the first one. */
    void switchAttempt(Answers answers) {
        int last = answers.find(question()).map(job -> job.attempts().size()).orElse(0);
        if (last > 1) {
            int current = attempt == 0 ? last : attempt;
            attempt = current == 1 ? last : current - 1;
            finds = null;
            restart();
        }
    }

    void switchWrap() {
        isWrapped = !isWrapped;
    }

    void switchDetails() {
        isDetailed = !isDetailed;
    }

    /** Begins a search. */
    Effect search(String text, boolean isPattern) {
        finds = new LogFinds(text, isPattern);
        isDetailed = false;
        return new Effect.SearchLog(name, text, Questions.search(name, stream, attempt, text, isPattern));
    }

    /** Takes a find; one of another search is dropped. */
    void found(String text, WireFound found) {
        LogFinds current = finds;
        if (current != null && current.text().equals(text)) {
            current.add(found).ifPresent(this::goTo);
        }
    }

    /** Goes to another match. Returns false if nothing was searched for. */
    boolean goToMatch(int delta) {
        LogFinds current = finds;
        if (current == null) {
            return false;
        }
        current.next(delta).ifPresent(this::goTo);
        return true;
    }

    /** Returns whether there was a search, which is ended. */
    boolean clearSearch() {
        boolean was = finds != null;
        finds = null;
        return was;
    }

    /** Returns the log. */
    public LogText log() {
        return log;
    }

    /** Returns the stream, {@code out} or {@code err}; empty before the job is known. */
    public String stream() {
        return stream;
    }

    /** Returns the attempt; 0 for the last one. */
    public int attempt() {
        return attempt;
    }

    /** Returns the first line that is shown, unless the log follows its end. */
    public int top() {
        return top;
    }

    /** Returns whether the last lines are shown. */
    public boolean isFollowing() {
        return isFollowing;
    }

    /** Returns whether long lines are wrapped. */
    public boolean isWrapped() {
        return isWrapped;
    }

    /** Returns whether facts are shown in place of the log. */
    public boolean isDetailed() {
        return isDetailed;
    }

    /** Returns the first line of the facts. */
    public int detail() {
        return detail;
    }

    /** Returns the search. */
    public Optional<LogFinds> finds() {
        return Optional.ofNullable(finds);
    }

    @Override
    public Optional<String> run() {
        return Optional.empty();
    }

    @Override
    public Optional<ActionSubject> subject(Answers answers) {
        return Optional.of(ActionSubject.of(List.of(name)));
    }

    @Override
    public Optional<String> copied(Answers answers) {
        return Optional.of(name.substring(name.indexOf('/') + 1));
    }
}
