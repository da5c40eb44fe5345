package org.experimaestro.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several limits for one job at once: what is started, and in which order. */
@Timeout(120)
final class LimitsTest {
    private final List<String> started = new ArrayList<>();
    private final List<String> asking = new ArrayList<>();
    private final ReadyQueue queue = new ReadyQueue(
            job -> started.add(((Need) job.work()).name()), job -> asking.add(((Need) job.work()).name()));
    private final Limit cores = new Limit("cores", 4);
    private final Limit tokens = new Limit("tokens", 1);
    private final Limit disks = new Limit("disks", 1);
    private final Limit licences = Limit.byAdmission("licences", 2);
    private long turns;

    /** What a job needs. */
    private record Need(String name, int priority, List<Demand> demands) implements Work {
        @Override
        public Ending run() {
            throw new AssertionError("nothing is run here");
        }

        @Override
        public void changed(Phase phase) {}
    }

    private Job add(String name, Demand... demands) {
        return add(name, 0, demands);
    }

    private Job add(String name, int priority, Demand... demands) {
        Job job = new Job(new Need(name, priority, List.of(demands)), List.of());
        job.prepare(turns++);
        queue.add(job);
        return job;
    }

    private void end(Job job) {
        queue.giveBack(job);
        queue.settle();
    }

    private static Demand of(Limit limit, int amount) {
        return new Demand(limit, amount);
    }

    @Test
    void add_oneLimitIsFull_blocksNoJobThatDoesNotNeedIt() {
        add("a", of(tokens, 1), of(cores, 1));
        Job waits = add("b", of(tokens, 1), of(cores, 3));
        add("c", of(cores, 3));
        assertThat(started).containsExactly("a", "c");

        queue.remove(waits);
        add("d", of(disks, 1));
        assertThat(started).containsExactly("a", "c", "d");
    }

    @Test
    void add_allOrNothing_holdsNoneOfWhatIsFree() {
        Job full = add("full", of(cores, 4));
        add("both", of(tokens, 1), of(cores, 1));
        Job token = add("token", of(tokens, 1));
        assertThat(started).containsExactly("full", "token");

        end(full);
        assertThat(started).containsExactly("full", "token");
        end(token);
        assertThat(started).containsExactly("full", "token", "both");
    }

    @Test
    void add_largeJobWaits_smallOnesThatNeedTheSameLimitWaitBehindIt() {
        Job one = add("one", of(cores, 1));
        add("four", of(cores, 4));
        add("late", of(cores, 1));
        add("other", of(cores, 1), of(tokens, 1));
        assertThat(started).containsExactly("one");

        end(one);
        assertThat(started).containsExactly("one", "four");
    }

    @Test
    void add_priority_goesBeforeAllThatWaitForTheSameLimit() {
        Job first = add("first", of(cores, 4));
        add("low", of(cores, 4));
        add("high", 7, of(cores, 4));
        add("highest", 8, of(cores, 1), of(tokens, 1));
        end(first);

        assertThat(started).containsExactly("first", "highest");
    }

    @Test
    void add_limitByAdmission_asksWhileItHasItsRoom() {
        Job asks = add("asks", of(cores, 4), of(licences, 1));
        add("local", of(cores, 4));
        assertThat(asking).containsExactly("asks");
        assertThat(started).isEmpty();

        assertThat(queue.startAdmitted(asks)).isTrue();
        assertThat(started).containsExactly("asks");
        end(asks);
        assertThat(started).containsExactly("asks", "local");
        assertThat(licences.used()).isZero();
    }

    @Test
    void letGo_jobThatWaitsForItsAdmission_letsOthersPass() {
        Job asks = add("asks", of(cores, 4), of(licences, 1));
        Job local = add("local", of(cores, 4));
        queue.letGo(asks);
        queue.settle();
        assertThat(started).containsExactly("local");
        assertThat(licences.used()).isEqualTo(1);

        // It is admitted, and its cores are gone.
        assertThat(queue.startAdmitted(asks)).isFalse();
        assertThat(cores.used()).isEqualTo(4);
        end(local);
        assertThat(queue.startAdmitted(asks)).isTrue();
        end(asks);
        assertThat(cores.used() + licences.used()).isZero();
    }

    @Test
    void add_limitByAdmissionIsFullInThisRun_waitsWithoutAsking() {
        Job one = add("one", of(licences, 2));
        assertThat(queue.startAdmitted(one)).isTrue();
        add("two", of(licences, 1));
        assertThat(asking).containsExactly("one");
        assertThat(started).containsExactly("one");

        end(one);
        assertThat(asking).containsExactly("one", "two");
    }

    @Test
    void add_noPlace_asksOnlyWhenThereIsOne() {
        Job full = add("full", of(cores, 4));
        add("asks", of(cores, 1), of(licences, 1));
        assertThat(asking).isEmpty();

        end(full);
        assertThat(asking).containsExactly("asks");
    }

    @Test
    void startAdmitted_jobThatWasLessUrgent_isNotStoppedByOneThatWaitsForAnAdmission() {
        Job asks = add("asks", of(cores, 4), of(licences, 1));
        queue.letGo(asks);
        add("heavy", 5, of(licences, 2));
        assertThat(queue.startAdmitted(asks)).isTrue();
        assertThat(started).containsExactly("asks");

        end(asks);
        assertThat(asking).containsExactly("asks", "heavy");
    }

    @Test
    void remove_firstInLine_letsTheNextOnePass() {
        add("one", of(cores, 1));
        Job four = add("four", of(cores, 4));
        add("small", of(cores, 1));
        queue.remove(four);

        assertThat(started).containsExactly("one", "small");
    }

    @Test
    void resize_moreAndLess_countsFromThenOn() {
        Job a = add("a", of(cores, 2));
        add("b", of(cores, 2));
        add("c", of(cores, 2));
        queue.resize(cores, 6);
        assertThat(started).containsExactly("a", "b", "c");

        queue.resize(cores, 2);
        add("d", of(cores, 1));
        end(a);
        assertThat(started).containsExactly("a", "b", "c");
        queue.resize(cores, 5);
        assertThat(started).containsExactly("a", "b", "c", "d");
    }

    @Test
    void add_moreThanThereIs_runsAlone() {
        Job one = add("one", of(cores, 1));
        Job huge = add("huge", of(cores, 64));
        add("two", of(cores, 2));
        end(one);
        assertThat(started).containsExactly("one", "huge");
        end(huge);
        assertThat(started).containsExactly("one", "huge", "two");
    }

    @Test
    void add_sameLimitTwice_countsBoth() {
        add("a", of(cores, 2), of(cores, 2));
        add("b", of(cores, 1));

        assertThat(started).containsExactly("a");
    }

    /** Whenever one limit has room for it, the other one has not, since there are always jobs that need that one alone. */
    @Test
    void add_jobThatNeedsTwoLimitsAmongThoseThatNeedOne_isNotStarved() {
        Job token = add("token", of(tokens, 1));
        Job disk = add("disk", of(disks, 1));
        add("both", of(tokens, 1), of(disks, 1));
        int rounds = 0;
        while (!started.contains("both") && rounds < 100) {
            rounds++;
            Job nextToken = add("token" + rounds, of(tokens, 1));
            Job nextDisk = add("disk" + rounds, of(disks, 1));
            end(token);
            end(disk);
            token = nextToken;
            disk = nextDisk;
        }

        assertThat(started).contains("both");
        assertThat(rounds).isLessThanOrEqualTo(2 * ReadyQueue.PATIENCE);
    }

    /** Would an event look at all jobs that wait, this would take hours. */
    @Test
    void settle_manyJobsBehindFullLimits_passesThemBy() {
        Job last = add("first", of(cores, 4), of(tokens, 1));
        for (int i = 0; i < 100_000; i++) {
            add("waits", of(cores, 4), of(tokens, 1));
            end(add("other", of(disks, 1)));
        }
        assertThat(started).hasSize(1 + 100_000).doesNotContain("waits");

        end(last);
        assertThat(started).hasSize(1 + 100_000 + 1).endsWith("waits");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void anyOrderOfEvents_keepsEachLimit_startsWhatCan_andAllInTheEnd(long seed) {
        Random random = new Random(seed);
        List<Limit> limits = List.of(new Limit("a", 3), new Limit("b", 5), new Limit("c", 1), new Limit("d", 8));
        long[] sizes = {3, 5, 1, 8};
        Set<Job> running = new LinkedHashSet<>();
        Set<Job> waiting = new LinkedHashSet<>();
        ReadyQueue ready = new ReadyQueue(
                job -> {
                    assertThat(waiting.remove(job)).isTrue();
                    running.add(job);
                },
                job -> {
                    throw new AssertionError("no limit is by admission");
                });
        for (int i = 0; i < 1_000 || !waiting.isEmpty() || !running.isEmpty(); i++) {
            Set<Job> before = Set.copyOf(running);
            boolean more = i < 1_000 && random.nextInt(100) < 55;
            if (more) {
                List<Demand> demands = new ArrayList<>();
                for (int l = 0; l < limits.size(); l++) {
                    if (random.nextInt(3) == 0) {
                        demands.add(new Demand(limits.get(l), 1 + random.nextInt(8)));
                    }
                }
                Job job = new Job(new Need("job" + i, random.nextInt(3), demands), List.of());
                job.prepare(i);
                waiting.add(job);
                ready.add(job);
            } else if (i < 1_000 && random.nextInt(10) == 0) {
                int l = random.nextInt(sizes.length);
                sizes[l] = 1 + random.nextInt(10);
                ready.resize(limits.get(l), sizes[l]);
            } else if (random.nextInt(10) == 0 && !waiting.isEmpty()) {
                Job removed = waiting.iterator().next();
                waiting.remove(removed);
                ready.remove(removed);
            } else if (!running.isEmpty()) {
                Job ended = new ArrayList<>(running).get(random.nextInt(running.size()));
                running.remove(ended);
                ready.giveBack(ended);
                ready.settle();
            }
            check(limits, sizes, running, waiting, before);
        }
        assertThat(waiting).isEmpty();
    }

    /**
     * Only a job that needs more than there is exceeds a limit, and only a limit that nothing else uses, or that was made
     * smaller since; and what waits has a reason: of the first job of all, one of its limits has no room.
     */
    private static void check(List<Limit> limits, long[] sizes, Set<Job> running, Set<Job> waiting, Set<Job> before) {
        long[] used = new long[sizes.length];
        for (int l = 0; l < sizes.length; l++) {
            Limit limit = limits.get(l);
            used[l] = running.stream().mapToLong(job -> job.amount(limit)).sum();
            boolean hasStarted = running.stream().anyMatch(job -> job.amount(limit) > 0 && !before.contains(job));
            boolean isAlone =
                    running.stream().filter(job -> job.amount(limit) > 0).count() == 1;
            assertThat(used[l] <= sizes[l] || isAlone || !hasStarted)
                    .as("%s has %d of %d", limit, used[l], sizes[l])
                    .isTrue();
        }
        for (Job job : waiting) {
            boolean hasReason = false;
            for (int l = 0; l < sizes.length; l++) {
                Limit limit = limits.get(l);
                long amount = Math.min(job.amount(limit), sizes[l]);
                boolean isBehind = waiting.stream()
                        .anyMatch(other -> other.amount(limit) > 0 && Job.ORDER.compare(other, job) < 0);
                hasReason |= amount > 0 && (used[l] + amount > sizes[l] || isBehind);
            }
            assertThat(hasReason).as(((Need) job.work()).name()).isTrue();
        }
    }
}
