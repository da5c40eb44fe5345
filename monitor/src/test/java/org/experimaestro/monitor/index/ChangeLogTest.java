package org.experimaestro.monitor.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ChangeLogTest {
    private final ChangeLog log = new ChangeLog(1_000);

    @Test
    void since_changesOfOneJob_areOne() {
        log.add(List.of(new Change.JobAdded("a")));
        long seen = log.version();
        log.add(List.of(new Change.JobChanged("a")));
        log.add(List.of(new Change.JobChanged("a"), new Change.JobAdded("b")));

        assertThat(log.since(seen).list()).containsExactly(new Change.JobChanged("a"), new Change.JobAdded("b"));
        assertThat(log.since(0).list()).containsExactly(new Change.JobAdded("a"), new Change.JobAdded("b"));
    }

    @Test
    void since_jobThatCameAndWent_isNothing() {
        log.add(List.of(new Change.JobAdded("a"), new Change.ProblemAdded("p"), new Change.RunAdded("e", "1")));
        log.add(List.of(new Change.JobRemoved("a"), new Change.ProblemRemoved("p"), new Change.RunRemoved("e", "1")));

        assertThat(log.since(0).list()).isEmpty();
        assertThat(log.since(1).list()).hasSize(3);
    }

    @Test
    void since_jobThatWentAndCame_hasChanged() {
        log.add(List.of(new Change.JobAdded("a")));
        log.add(List.of(new Change.JobRemoved("a")));
        log.add(List.of(new Change.JobAdded("a")));

        assertThat(log.since(1).list()).containsExactly(new Change.JobChanged("a"));
    }

    @Test
    void since_moreThanIsRemembered_isNotComplete() {
        ChangeLog small = new ChangeLog(3);
        for (int i = 0; i < 5; i++) {
            small.add(List.of(new Change.JobAdded("job" + i)));
        }

        assertThat(small.since(1).isComplete()).isFalse();
        assertThat(small.since(2).list()).hasSize(3);
        assertThat(small.since(2).to()).isEqualTo(5);
    }

    /** Whatever version a client has, the changes since bring it to what is there now. */
    @Test
    void since_anyVersionOfAnyHistory_leadsToThePresent() {
        Random random = new Random(5);
        List<TreeSet<String>> states = new ArrayList<>(List.of(new TreeSet<>()));
        for (int i = 0; i < 200; i++) {
            TreeSet<String> state = new TreeSet<>(states.get(states.size() - 1));
            String job = "job" + random.nextInt(5);
            Change change = state.add(job)
                    ? new Change.JobAdded(job)
                    : random.nextBoolean() ? new Change.JobChanged(job) : new Change.JobRemoved(job);
            if (change instanceof Change.JobRemoved) {
                state.remove(job);
            }
            log.add(List.of(change));
            states.add(state);
        }
        for (int version = 0; version < states.size(); version++) {
            TreeSet<String> client = new TreeSet<>(states.get(version));
            for (Change change : log.since(version).list()) {
                switch (change) {
                    case Change.JobAdded added ->
                        assertThat(client.add(added.job())).isTrue();
                    case Change.JobRemoved removed ->
                        assertThat(client.remove(removed.job())).isTrue();
                    case Change.JobChanged changed -> assertThat(client).contains(changed.job());
                    default -> throw new AssertionError(change);
                }
            }
            assertThat(client).isEqualTo(states.get(states.size() - 1));
        }
    }
}
