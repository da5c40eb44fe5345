package org.experimaestro.engine.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler that is as simple as its rules in docs/job-life.md: after each event it looks at all jobs. Each job needs
 * one limit at most. Its time is in minutes.
 */
final class ReferenceScheduler {
    private final Map<String, Integer> sizes;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<String> running = new ArrayList<>();
    private int turns;
    private int alarms;
    private final List<String> expired = new ArrayList<>();
    private int now;
    private boolean isClosed;

    private static final class Entry {
        private final GraphText.Node node;
        private final List<Entry> dependencies = new ArrayList<>();
        /** The jobs that depend on this one, in the order in which they began to. */
        private final List<Entry> dependents = new ArrayList<>();

        private Phase phase = Phase.WAITING;
        private int turn;
        /** Whether it waits for the end of a delay. */
        private boolean isDelayed;
        /** The minute in which its delay or its time is over, and the number of this alarm; -1 if it has none. */
        private int due = -1;

        private int alarm;

        Entry(GraphText.Node node) {
            this.node = node;
        }

        void dependOn(Entry dependency) {
            dependencies.add(dependency);
            dependency.dependents.add(this);
        }

        boolean isDoomed() {
            return dependencies.stream().anyMatch(each -> each.phase.isLost());
        }

        boolean isBlocked() {
            return isDelayed || dependencies.stream().anyMatch(each -> each.phase != Phase.DONE);
        }
    }

    ReferenceScheduler(GraphText graph) {
        this.sizes = new LinkedHashMap<>(graph.limits());
    }

    /** An alarm whose time has come. The job may have another one, or none, before its turn. */
    private record Alarm(Entry entry, int number) {}

    // ---- events ----

    void submit(GraphText.Node node) {
        Entry entry = new Entry(node);
        node.dependencies().forEach(name -> entry.dependOn(entries.get(name)));
        entries.put(node.name(), entry);
        settle(entry);
    }

    /** Ends a try: with {@code again}, the job waits for so many minutes. */
    void end(String name, Phase how, int again) {
        Entry entry = entries.get(name);
        if (isClosed || entry.phase != Phase.RUNNING) {
            return;
        }
        running.remove(name);
        entry.phase = how;
        entry.due = -1;
        if (again > 0 && !entry.isDoomed()) {
            entry.isDelayed = true;
            setAlarm(entry, again);
        }
        if (how == Phase.DONE) {
            entry.dependents.forEach(this::wake);
        }
        settle(entry);
    }

    /** Lets time pass, and returns the events of the alarms that are over then, which are still to be handled. */
    Runnable pass(int minutes) {
        now += minutes;
        List<Alarm> due = entries.values().stream()
                .filter(entry -> entry.due >= 0 && entry.due <= now)
                .sorted(Comparator.<Entry>comparingInt(entry -> entry.due).thenComparingInt(entry -> entry.alarm))
                .map(entry -> new Alarm(entry, entry.alarm))
                .toList();
        return () -> due.forEach(this::ring);
    }

    private void ring(Alarm alarm) {
        Entry entry = alarm.entry;
        if (isClosed || entry.due < 0 || entry.alarm != alarm.number) {
            return;
        }
        entry.due = -1;
        if (entry.isDelayed) {
            entry.isDelayed = false;
            settle(entry);
        } else {
            expired.add(entry.node.name());
        }
    }

    private void setAlarm(Entry entry, int minutes) {
        entry.due = now + minutes;
        entry.alarm = alarms++;
    }

    void retry(String name) {
        Entry entry = entries.get(name);
        if (isClosed) {
            return;
        }
        if (entry.phase == Phase.FAILED) {
            entry.phase = Phase.WAITING;
            boolean isChanged = true;
            while (isChanged) {
                isChanged = false;
                for (Entry each : entries.values()) {
                    if (each.phase == Phase.SKIPPED && !each.isDoomed()) {
                        each.phase = Phase.WAITING;
                        isChanged = true;
                    }
                }
            }
        }
        if (entry.phase == Phase.WAITING && entry.isDelayed) {
            entry.isDelayed = false;
            entry.due = -1;
        }
        settle(entry);
    }

    void depend(String name, String on) {
        Entry entry = entries.get(name);
        Entry dependency = entries.get(on);
        if (isClosed || entry.phase.isFinal() || isWaitingFor(dependency, entry)) {
            return;
        }
        entry.dependOn(dependency);
        if (entry.phase == Phase.READY && entry.isBlocked()) {
            entry.phase = Phase.WAITING;
        }
        settle(entry);
    }

    private static boolean isWaitingFor(Entry entry, Entry other) {
        return entry == other
                || entry.phase != Phase.DONE && entry.dependencies.stream().anyMatch(each -> isWaitingFor(each, other));
    }

    void resize(String limit, int size) {
        if (!isClosed) {
            sizes.put(limit, size);
            settle(null);
        }
    }

    void close() {
        isClosed = true;
    }

    // ---- rules ----

    /**
     * Applies the rules until nothing changes: first to the job of the event, then to all others in their order. The most
     * urgent ones of all that are ready then are started.
     */
    private void settle(@Nullable Entry first) {
        if (first != null) {
            wake(first);
        }
        boolean isChanged = true;
        while (isChanged) {
            isChanged = false;
            for (Entry entry : entries.values()) {
                isChanged |= wake(entry);
            }
        }
        fill();
    }

    private boolean wake(Entry entry) {
        if (entry.phase != Phase.WAITING) {
            return false;
        }
        if (entry.isDoomed()) {
            entry.phase = Phase.SKIPPED;
            return true;
        }
        if (entry.isBlocked()) {
            return false;
        }
        entry.phase = Phase.READY;
        entry.turn = turns++;
        if (entry.node.lane().isEmpty()) {
            start(entry);
        }
        return true;
    }

    /** Starts the ready jobs of all limits in their order; at each limit, until one has no room. */
    private void fill() {
        List<Entry> line = entries.values().stream()
                .filter(entry -> entry.phase == Phase.READY)
                .sorted(Comparator.<Entry>comparingInt(entry -> -entry.node.priority())
                        .thenComparingInt(entry -> entry.turn))
                .toList();
        Set<String> full = new HashSet<>();
        for (Entry entry : line) {
            String limit = entry.node.lane();
            int used = running.stream()
                    .map(name -> entries.get(name).node)
                    .filter(node -> node.lane().equals(limit))
                    .mapToInt(GraphText.Node::demand)
                    .sum();
            int size = sizes.getOrDefault(limit, 0);
            if (used + Math.min(entry.node.demand(), size) > size) {
                full.add(limit);
            } else if (!full.contains(limit)) {
                start(entry);
            }
        }
    }

    private void start(Entry entry) {
        entry.phase = Phase.RUNNING;
        running.add(entry.node.name());
        if (entry.node.minutes() > 0) {
            setAlarm(entry, entry.node.minutes());
        }
    }

    // ---- answers ----

    /** Returns the names of the jobs that run, in the order of their starts. */
    List<String> running() {
        return running;
    }

    Map<String, Phase> phases() {
        Map<String, Phase> phases = new LinkedHashMap<>();
        entries.forEach((name, entry) -> phases.put(name, entry.phase));
        return phases;
    }

    /** Returns the names of the jobs whose time was over, once for each try. */
    List<String> expired() {
        return expired;
    }

    /** Returns the minutes until each alarm, the shortest first. */
    List<Integer> alarms() {
        return entries.values().stream()
                .filter(entry -> entry.due >= 0)
                .map(entry -> entry.due - now)
                .sorted()
                .toList();
    }
}
