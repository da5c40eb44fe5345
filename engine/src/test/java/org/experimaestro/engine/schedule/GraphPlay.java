package org.experimaestro.engine.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.experimaestro.trial.TestClock;

/**
 * A scheduler and its reference, which get the same events in the order that a test chooses. Bodies of jobs are held
 * until an event ends them. An event is a line of text, such as {@code end a} or {@code resize gpu 1}; several events,
 * joined by {@code |}, all come before the scheduler handles the first of them.
 */
final class GraphPlay implements AutoCloseable {
    private final GraphText graph;
    private final ReferenceScheduler reference;
    private final TestClock clock = new TestClock();
    private final Map<String, Limit> limits = new HashMap<>();
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final Map<String, Runnable> held = new LinkedHashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<String, Ending> ends = new HashMap<>();
    private final List<String> expired = Collections.synchronizedList(new ArrayList<>());
    private final Scheduler scheduler = new Scheduler(clock, this::hold);
    /** The job that the scheduler is starting; empty if its executor gets the end of a job's time next. */
    private volatile String starting = "";

    private boolean isClosed;

    GraphPlay(GraphText graph) {
        this.graph = graph;
        this.reference = new ReferenceScheduler(graph);
        graph.limits().forEach((name, size) -> limits.put(name, new Limit(name, size)));
    }

    GraphPlay submitAll() {
        graph.nodes().forEach(node -> play("submit " + node.name()));
        return this;
    }

    /** Returns the events that are possible now, but for those from outside. */
    List<String> next() {
        List<String> events = new ArrayList<>();
        synchronized (held) {
            held.keySet().forEach(name -> events.add("end " + name));
        }
        if (!reference.alarms().isEmpty()) {
            events.add("advance " + reference.alarms().getFirst());
        }
        return events;
    }

    /** Has the scheduler and its reference handle an event, or several at once. */
    void play(String events) {
        CountDownLatch release = new CountDownLatch(1);
        scheduler.submit(new Job(new Blocker(release), List.of()), Scheduler.Found.FAILED);
        String[] together = events.split("\\|");
        int minutes = 0;
        for (String event : together) {
            minutes +=
                    event.strip().startsWith("advance ") ? minutes(event.strip().split(" ")) : 0;
        }
        // The scheduler handles all of them when the time has passed.
        Runnable alarms = reference.pass(minutes);
        for (String event : together) {
            send(event.strip().split(" "), alarms);
        }
        release.countDown();
        settle();
    }

    private static int minutes(String[] advance) {
        return Integer.parseInt(advance[1]);
    }

    private void send(String[] event, Runnable alarms) {
        switch (event[0]) {
            case "submit" -> submit(graph.find(event[1]));
            case "end" -> end(event[1]);
            case "fail" -> end(event[1], new Ending.Failed());
            case "again" -> end(event[1], new Ending.Again(Duration.ofMinutes(Integer.parseInt(event[2]))));
            case "advance" -> {
                clock.advance(Duration.ofMinutes(minutes(event)));
                alarms.run();
            }
            case "retry" -> {
                if (jobs.containsKey(event[1])) {
                    scheduler.retry(jobs.get(event[1]));
                    reference.retry(event[1]);
                }
            }
            case "depend" -> {
                if (jobs.containsKey(event[1]) && jobs.containsKey(event[2])) {
                    scheduler.depend(jobs.get(event[1]), jobs.get(event[2]));
                    reference.depend(event[1], event[2]);
                }
            }
            case "resize" -> {
                scheduler.resize(limits.get(event[1]), Integer.parseInt(event[2]));
                reference.resize(event[1], Integer.parseInt(event[2]));
            }
            case "close" -> {
                isClosed = true;
                reference.close();
            }
            default -> throw new IllegalArgumentException("There is no event " + event[0]);
        }
    }

    private void submit(GraphText.Node node) {
        if (!jobs.containsKey(node.name()) && jobs.keySet().containsAll(node.dependencies())) {
            Job job = new Job(
                    new Played(node),
                    node.dependencies().stream().map(jobs::get).toList());
            jobs.put(node.name(), job);
            scheduler.submit(job, Scheduler.Found.TO_RUN);
            reference.submit(node);
        }
    }

    /** Ends a try as the graph says. */
    private void end(String name) {
        GraphText.Node node = graph.find(name);
        if (!runs(name)) {
            return;
        }
        if (failures.merge(name, 1, Integer::sum) > node.fails()) {
            end(name, new Ending.Done());
        } else {
            end(name, node.again() < 0 ? new Ending.Failed() : new Ending.Again(Duration.ofMinutes(node.again())));
        }
    }

    private boolean runs(String name) {
        synchronized (held) {
            return held.containsKey(name);
        }
    }

    private void end(String name, Ending ending) {
        Runnable body;
        synchronized (held) {
            body = held.remove(name);
        }
        if (body == null) {
            return; // it does not run
        }
        ends.put(name, ending);
        body.run();
        switch (ending) {
            case Ending.Done() -> reference.end(name, Phase.DONE, 0);
            case Ending.Failed() -> reference.end(name, Phase.FAILED, 0);
            case Ending.Again(Duration delay) -> reference.end(name, Phase.WAITING, (int) delay.toMinutes());
        }
    }

    private void hold(Runnable body) {
        String name = starting;
        starting = "";
        if (name.isEmpty()) {
            body.run();
            return;
        }
        synchronized (held) {
            held.put(name, body);
        }
    }

    /** Returns how the scheduler differs from its reference; empty if it does not. */
    String difference() {
        Map<String, Phase> phases = new LinkedHashMap<>();
        jobs.forEach((name, job) -> phases.put(name, job.phase()));
        if (!phases.equals(reference.phases())) {
            return phases + ", expected " + reference.phases();
        }
        if (!isClosed && !expired.equals(reference.expired())) {
            return "the time was over of " + expired + ", expected " + reference.expired();
        }
        List<String> running;
        synchronized (held) {
            running = List.copyOf(held.keySet());
        }
        boolean isSame = isClosed || byLimit(running).equals(byLimit(reference.running()));
        return isSame ? "" : "started in the order " + running + ", expected " + reference.running();
    }

    /** Returns the jobs of each limit in their order: that of jobs of different limits does not matter. */
    private Map<String, List<String>> byLimit(List<String> names) {
        return names.stream()
                .collect(Collectors.groupingBy(name -> graph.find(name).lane()));
    }

    /** Returns whether all jobs have ended. */
    boolean isOver() {
        return jobs.values().stream().allMatch(job -> job.phase().isFinal());
    }

    boolean isClosed() {
        return isClosed;
    }

    private void settle() {
        if (isClosed) {
            scheduler.close();
            return;
        }
        try {
            Future<RetryAnswer> answer = scheduler.retry(new Job(new Blocker(new CountDownLatch(0)), List.of()));
            answer.get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new AssertionError("The scheduler does not answer", failed);
        }
    }

    @Override
    public void close() {
        scheduler.close();
    }

    private final class Played implements Work {
        private final GraphText.Node node;

        Played(GraphText.Node node) {
            this.node = node;
        }

        @Override
        public List<Demand> demands() {
            return node.lane().isEmpty() ? List.of() : List.of(new Demand(limits.get(node.lane()), node.demand()));
        }

        @Override
        public int priority() {
            return node.priority();
        }

        @Override
        public Ending run() {
            Ending end = ends.remove(node.name());
            if (end == null) {
                throw new AssertionError("nobody has said how " + node.name() + " ends");
            }
            return end;
        }

        @Override
        public Optional<Duration> timeLimit() {
            return Optional.of(Duration.ofMinutes(node.minutes())).filter(Duration::isPositive);
        }

        @Override
        public void expire() {
            expired.add(node.name());
        }

        @Override
        public void changed(Phase phase) {
            starting = phase == Phase.RUNNING ? node.name() : "";
        }
    }

    /** A job that is not run, and whose end keeps the scheduler's thread until the test releases it. */
    private record Blocker(CountDownLatch release) implements Work {
        @Override
        public List<Demand> demands() {
            return List.of();
        }

        @Override
        public Ending run() {
            throw new AssertionError("nothing is run here");
        }

        @Override
        public void changed(Phase phase) {
            try {
                release.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
